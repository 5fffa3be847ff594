// kept; outside: kept, since a temp folder is no mount
const { attempt, canary } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  const told = fs.readFileSync('/proc/self/mountinfo', 'utf8')
  if (!told.includes(require('path').dirname(canary))) throw new Error('it is not told')
})
