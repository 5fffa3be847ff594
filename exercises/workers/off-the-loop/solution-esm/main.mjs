import { Worker } from 'node:worker_threads'

export function heavy(order) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./baker.mjs', import.meta.url), { workerData: order })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
