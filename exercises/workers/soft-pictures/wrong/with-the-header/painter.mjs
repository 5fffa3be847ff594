import { parentPort } from 'node:worker_threads'
import { blur } from './blur.cjs'

parentPort.once('message', (sent) => {
  const image = { ...sent, pixels: new Uint8Array(sent.pixels) }
  blur(image)
  parentPort.postMessage(image, [image.pixels.buffer])
})
