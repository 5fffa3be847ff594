// loses: several at a time
// loses: other pictures
// says: A worker for each picture makes that easy
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const worker = new Worker(new URL('./painter.mjs', import.meta.url))
worker.unref()

export async function soften(image) {
  worker.ref()
  worker.postMessage(image, [image.pixels.buffer])
  const [softened] = await once(worker, 'message')
  worker.unref()
  return softened
}
