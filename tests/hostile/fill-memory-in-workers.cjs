// memory; outside: memory
const { Worker } = require('worker_threads')
const text = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2_000_000, 1)), 1)'
for (let n = 0; n < 4; n++) new Worker(text, { eval: true })
