// loses: a small picture
// loses: a big picture
// loses: several at a time
// loses: a picture with a hole
// loses: other pictures
// loses: another big picture
// says: failed: 6 times 4 are not 35 pixels
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export async function soften(image) {
  const { buffer } = image.pixels
  const worker = new Worker(new URL('./painter.mjs', import.meta.url))
  worker.postMessage({ ...image, pixels: buffer }, [buffer])
  const [softened] = await once(worker, 'message')
  return softened
}
