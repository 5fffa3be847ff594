const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')
const { bake } = require('./bake.cjs')

if (isMainThread) {
  exports.heavy = (order) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(__filename, { workerData: order })
      worker.on('message', ({ answer, error }) => (error ? reject(error) : resolve(answer)))
      worker.on('error', reject)
    })
} else {
  try {
    parentPort.postMessage({ answer: bake(workerData) })
  } catch (error) {
    parentPort.postMessage({ error })
  }
}
