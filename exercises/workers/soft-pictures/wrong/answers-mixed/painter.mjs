import { parentPort } from 'node:worker_threads'
import { blur } from './blur.cjs'

parentPort.on('message', (image) => {
  blur(image)
  parentPort.postMessage(image, [image.pixels.buffer])
})
