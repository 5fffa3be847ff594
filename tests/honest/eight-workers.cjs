const { Worker, isMainThread, workerData, parentPort } = require('worker_threads')
if (isMainThread) {
  let sum = 0
  let left = 8
  for (let n = 0; n < 8; n++) {
    new Worker(__filename, { workerData: n }).on('message', (square) => (sum += square)).on('exit', () => --left || console.log(sum))
  }
} else {
  parentPort.postMessage(workerData ** 2)
}
