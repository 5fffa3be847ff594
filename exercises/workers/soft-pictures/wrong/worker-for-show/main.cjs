// loses: a big picture
// loses: another big picture
// says: its main thread worked about
const { Worker, isMainThread, parentPort } = require('node:worker_threads')
const { blur } = require('./blur.cjs')

if (isMainThread) {
  exports.soften = (image) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(__filename)
      worker.once('message', (moved) => {
        try {
          blur(moved)
          resolve(moved)
        } catch (error) {
          reject(error)
        }
      })
      worker.postMessage(image, [image.pixels.buffer])
    })
} else {
  parentPort.once('message', (image) => parentPort.postMessage(image, [image.pixels.buffer]))
}
