// loses: a picture with a hole
// says: an error ended it that nothing caught
// says: What `blur` throws it throws in the worker
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')
const { blur } = require('./blur.cjs')

if (isMainThread) {
  exports.soften = (image) =>
    new Promise((resolve) => {
      new Worker(__filename, { workerData: image, transferList: [image.pixels.buffer] }).once('message', resolve)
    })
} else {
  blur(workerData)
  parentPort.postMessage(workerData, [workerData.pixels.buffer])
}
