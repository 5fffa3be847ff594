const { Worker } = require('worker_threads')
const text = 'require("worker_threads").parentPort.once("message", (n) => require("worker_threads").parentPort.postMessage(n * 2))'
const worker = new Worker(text, { eval: true })
worker.on('message', (n) => console.log(n)).on('exit', (code) => console.log('exit', code))
worker.postMessage(21)
