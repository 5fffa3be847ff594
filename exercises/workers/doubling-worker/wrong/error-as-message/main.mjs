// loses: survives what is no number
// loses: other numbers
// says: `the worker ends with 1` is missing
// says: The worker must not catch it
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./worker.mjs', import.meta.url))
worker.on('exit', (code) => console.log(`the worker ends with ${code}`))

for (const n of process.argv.slice(2)) {
  worker.postMessage({ n })
  const [answer] = await once(worker, 'message')
  console.log(answer)
}
worker.postMessage('end')
