const { Worker, isMainThread, parentPort } = require('node:worker_threads')
const { count } = require('./count.cjs')

if (isMainThread) {
  const numbers = process.argv.slice(2).map(Number)
  const answers = new Array(numbers.length)
  let begun = 0
  let printed = 0

  const give = (worker) => {
    if (begun === numbers.length) return worker.postMessage({ end: true })
    worker.postMessage({ job: begun, number: numbers[begun] })
    begun++
  }

  for (let n = 0; n < 2; n++) {
    const worker = new Worker(__filename)
    worker.on('message', ({ job, answer }) => {
      answers[job] = answer
      while (answers[printed] !== undefined) {
        console.log(`${numbers[printed]}: ${answers[printed]}`)
        printed++
      }
      give(worker)
    })
    give(worker)
  }
} else {
  parentPort.on('message', ({ end, job, number }) => {
    if (end) return parentPort.close()
    parentPort.postMessage({ job, answer: count(0, number) })
  })
}
