// kept; outside: reached
const { attempt, victim } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  const { uid, gid } = fs.statSync(victim)
  fs.chownSync(victim, uid, gid)
})
