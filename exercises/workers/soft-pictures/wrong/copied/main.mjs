// loses: a small picture
// loses: a big picture
// loses: several at a time
// loses: a picture with a hole
// loses: other pictures
// loses: another big picture
// says: `sent away, 24 pixels are left here` was printed where `sent away, 0 pixels are left here` is expected
// says: is moved
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export async function soften(image) {
  const worker = new Worker(new URL('./painter.mjs', import.meta.url), { workerData: image })
  const [softened] = await once(worker, 'message')
  return softened
}
