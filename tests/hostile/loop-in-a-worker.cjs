// cpu-time; outside: cpu-time
const { Worker } = require('worker_threads')
new Worker('for (;;);', { eval: true })
