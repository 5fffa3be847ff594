// loses: a small picture
// loses: a big picture
// loses: several at a time
// loses: other pictures
// loses: another big picture
// says: a softened picture without pixels
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export async function soften(image) {
  const worker = new Worker(new URL('./painter.mjs', import.meta.url))
  worker.postMessage(image, [image.pixels.buffer])
  await once(worker, 'message')
  return image
}
