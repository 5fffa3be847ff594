import { parentPort } from 'node:worker_threads'

parentPort.on('message', (message) => {
  if (message === 'end') return parentPort.close()
  try {
    const n = Number(message.n)
    if (Number.isNaN(n)) throw new TypeError(`${message.n} is no number`)
    parentPort.postMessage(n * 2)
  } catch (error) {
    parentPort.postMessage(`failed: ${error.message}`)
  }
})
