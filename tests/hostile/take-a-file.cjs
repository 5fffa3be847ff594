// kept; outside: reached
const { attempt, victim } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.chmodSync(victim, 0o777))
