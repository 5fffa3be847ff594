// loses: several orders at a time
// loses: what fails is told
// loses: other orders
// says: `bread: baked in 5 steps` and `bun: baked in 3 steps` are missing
// says: A worker for each order makes that easy
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./baker.mjs', import.meta.url))
worker.unref()

export async function heavy(order) {
  worker.ref()
  worker.postMessage(order)
  const [answer] = await once(worker, 'message')
  worker.unref()
  return answer
}
