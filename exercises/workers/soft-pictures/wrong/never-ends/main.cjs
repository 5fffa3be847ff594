// loses: a small picture
// loses: a big picture
// loses: several at a time
// loses: other pictures
// loses: another big picture
// says: And a worker that still listens keeps the program running
const { Worker, isMainThread, parentPort } = require('node:worker_threads')
const { blur } = require('./blur.cjs')

if (isMainThread) {
  exports.soften = (image) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(__filename)
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.postMessage(image, [image.pixels.buffer])
    })
} else {
  parentPort.on('message', (image) => {
    blur(image)
    parentPort.postMessage(image, [image.pixels.buffer])
  })
}
