// loses: four jobs, two workers
// loses: five jobs
// says: the work was done by
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')
const { count } = require('./count.cjs')

if (isMainThread) {
  const numbers = process.argv.slice(2).map(Number)
  const ask = (number) => new Promise((resolve) => {
    new Worker(__filename, { workerData: number }).once('message', resolve)
  })
  Promise.all(numbers.map(ask)).then((answers) => {
    numbers.forEach((number, job) => console.log(`${number}: ${answers[job]}`))
  })
} else {
  parentPort.postMessage(count(0, workerData))
}
