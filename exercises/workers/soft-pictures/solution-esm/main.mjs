import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export async function soften(image) {
  const worker = new Worker(new URL('./painter.mjs', import.meta.url))
  worker.postMessage(image, [image.pixels.buffer])
  const [softened] = await once(worker, 'message')
  return softened
}
