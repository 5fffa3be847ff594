// memory; outside: memory; children
const { spawn } = require('child_process')
const text = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2_000_000, 1)), 1)'
for (let n = 0; n < 4; n++) spawn(process.execPath, ['-e', text], { stdio: 'ignore' })
