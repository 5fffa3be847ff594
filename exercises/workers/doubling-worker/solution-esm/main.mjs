import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

function start() {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url))
  worker.on('exit', (code) => console.log(`the worker ends with ${code}`))
  return worker
}

let worker

for (const n of process.argv.slice(2)) {
  worker ??= start()
  worker.postMessage({ n })
  try {
    const [answer] = await once(worker, 'message')
    console.log(answer)
  } catch (error) {
    console.log(`failed: ${error.message}`)
    worker = undefined
  }
}
worker?.postMessage('end')
