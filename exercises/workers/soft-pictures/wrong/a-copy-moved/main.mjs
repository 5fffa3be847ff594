// loses: a small picture
// loses: a big picture
// loses: several at a time
// loses: a picture with a hole
// loses: other pictures
// loses: another big picture
// says: sent away, 240000 pixels are left here
// says: not another one with the same content
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export async function soften(image) {
  const worker = new Worker(new URL('./painter.mjs', import.meta.url))
  const pixels = image.pixels.slice()
  worker.postMessage({ ...image, pixels }, [pixels.buffer])
  const [softened] = await once(worker, 'message')
  return softened
}
