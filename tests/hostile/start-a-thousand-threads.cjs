// kept or memory; outside: memory or processes or cpu-time or kept
const { kept } = require('./attack.cjs')
const { Worker } = require('worker_threads')
for (let n = 0; n < 1000; n++) {
  new Worker('setInterval(() => {}, 1000)', { eval: true }).on('error', (error) => {
    kept(error)
    process.exit()
  })
}
