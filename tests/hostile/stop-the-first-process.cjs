// kept; outside: not tried, it is not ours
const { kept } = require('./attack.cjs')
try {
  process.kill(process.ppid, 'SIGSTOP')
} catch {}
setTimeout(() => kept(new Error('nothing came of it')), 100)
