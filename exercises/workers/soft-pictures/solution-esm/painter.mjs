import { parentPort } from 'node:worker_threads'
import { blur } from './blur.cjs'

parentPort.once('message', (image) => {
  blur(image)
  parentPort.postMessage(image, [image.pixels.buffer])
})
