// loses: four jobs, two workers
// loses: five jobs
// says: its main thread worked about
const { Worker, isMainThread } = require('node:worker_threads')
const { count } = require('./count.cjs')

if (isMainThread) {
  // Two are busy, and nobody listens to them.
  if (process.argv.length > 2) for (let n = 0; n < 2; n++) new Worker(__filename)
  for (const number of process.argv.slice(2).map(Number)) {
    console.log(`${number}: ${count(0, number)}`)
  }
} else {
  count(0, 300000)
}
