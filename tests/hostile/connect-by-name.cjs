// kept; outside: reached
const { reached, kept, port } = require('./attack.cjs')
const net = require('net')
const socket = net.connect({ port, host: 'localhost', family: 4 }, () => {
  reached()
  socket.destroy()
})
socket.on('error', kept)
