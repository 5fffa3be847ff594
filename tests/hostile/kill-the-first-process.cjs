// kept; outside: not tried, it is not ours
const { kept } = require('./attack.cjs')
try {
  process.kill(1, 'SIGKILL')
} catch {}
setTimeout(() => kept(new Error('nothing came of it')), 100)
