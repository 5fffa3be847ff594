// kept; outside: reached
const { reached, kept, port } = require('./attack.cjs')
const { Worker } = require('worker_threads')
const text = `
  const socket = require('net').connect(${port}, '127.0.0.1', () => socket.destroy())
  socket.on('error', () => process.exit(1))
`
new Worker(text, { eval: true }).on('exit', (code) => (code === 0 ? reached() : kept(new Error('refused'))))
