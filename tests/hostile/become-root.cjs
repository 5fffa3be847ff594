// kept; outside: reached as root
const { attempt } = require('./attack.cjs')
attempt(() => {
  process.setuid(0)
  if (process.getuid() !== 0) throw new Error('it is not')
})
