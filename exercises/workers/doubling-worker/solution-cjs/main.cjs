const path = require('node:path')
const { Worker } = require('node:worker_threads')

const left = process.argv.slice(2)
let worker

function start() {
  const started = new Worker(path.join(__dirname, 'worker.cjs'))
  started.on('message', (answer) => {
    console.log(answer)
    next()
  })
  started.on('error', (error) => {
    console.log(`failed: ${error.message}`)
    worker = undefined
    next()
  })
  started.on('exit', (code) => console.log(`the worker ends with ${code}`))
  return started
}

function next() {
  if (left.length === 0) return worker?.postMessage('end')
  worker ??= start()
  worker.postMessage({ n: left.shift() })
}

next()
