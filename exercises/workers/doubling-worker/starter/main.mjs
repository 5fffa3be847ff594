import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./worker.mjs', import.meta.url))

worker.on('message', (answer) => {
  console.log(answer)
  process.exit()
})

for (const n of process.argv.slice(2)) worker.postMessage({ n })
