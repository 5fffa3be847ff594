import { parentPort } from 'node:worker_threads'

parentPort.on('message', (message) => {
  if (message === 'end') return parentPort.close()
  const n = Number(message.n)
  if (Number.isNaN(n)) throw new TypeError(`${message.n} is no number`)
  parentPort.postMessage(n * 2)
})
