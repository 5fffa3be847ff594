// kept; outside: reached
const { attempt, victim } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.unlinkSync(victim))
