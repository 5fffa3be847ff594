const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')
const { blur } = require('./blur.cjs')

if (isMainThread) {
  exports.soften = (image) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(__filename, { workerData: image, transferList: [image.pixels.buffer] })
      worker.once('message', resolve)
      worker.once('error', reject)
    })
} else {
  blur(workerData)
  parentPort.postMessage(workerData, [workerData.pixels.buffer])
}
