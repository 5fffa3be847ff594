// kept; outside: reached
const { reached, kept, canary } = require('./attack.cjs')
const { Worker } = require('worker_threads')
const worker = new Worker('require("fs").readFileSync(require("worker_threads").workerData)', { eval: true, workerData: canary })
worker.on('error', kept).on('exit', (code) => code === 0 && reached())
