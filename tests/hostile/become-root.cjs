// kept; outside: reached as root; partial: reached as root, it has no privilege by that
const { attempt } = require('./attack.cjs')
attempt(() => {
  process.setuid(0)
  if (process.getuid() !== 0) throw new Error('it is not')
})
