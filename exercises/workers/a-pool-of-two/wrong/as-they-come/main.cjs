// loses: four jobs, two workers
// loses: five jobs
// loses: a short list
// says: must come
const { Worker, isMainThread, parentPort } = require('node:worker_threads')
const { count } = require('./count.cjs')

if (isMainThread) {
  // The last comes first, as it would where it is the shortest.
  const numbers = process.argv.slice(2).map(Number).reverse()
  for (let n = 0; n < 2; n++) {
    const worker = new Worker(__filename)
    const give = () => numbers.length ? worker.postMessage(numbers.shift()) : worker.terminate()
    worker.on('message', (line) => {
      console.log(line)
      give()
    })
    give()
  }
} else {
  parentPort.on('message', (number) => parentPort.postMessage(`${number}: ${count(0, number)}`))
}
