// loses: survives what is no number
// loses: other numbers
// says: `8` and `the worker ends with 0` are missing
// says: Post a number only when the one before is done
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./worker.mjs', import.meta.url))
worker.on('message', (answer) => console.log(answer))
worker.on('error', (error) => console.log(`failed: ${error.message}`))
worker.on('exit', (code) => console.log(`the worker ends with ${code}`))

for (const n of process.argv.slice(2)) worker.postMessage({ n })
worker.postMessage('end')
