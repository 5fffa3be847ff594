// loses: survives what is no number
// loses: other numbers
// says: an error ended it that nothing caught
// says: TypeError
// says: apple is no number
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./worker.mjs', import.meta.url))
worker.on('exit', (code) => console.log(`the worker ends with ${code}`))

const left = process.argv.slice(2)

function next() {
  worker.postMessage(left.length === 0 ? 'end' : { n: left.shift() })
}

worker.on('message', (answer) => {
  console.log(answer)
  next()
})
next()
