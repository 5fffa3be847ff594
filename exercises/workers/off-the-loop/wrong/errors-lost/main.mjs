// loses: what fails is told
// loses: other orders
// says: an error ended it that nothing caught
// says: a brick cannot be baked
import { Worker } from 'node:worker_threads'

export function heavy(order) {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./baker.mjs', import.meta.url), { workerData: order })
    worker.once('message', resolve)
  })
}
