// kept; outside: reached
const { attempt, victim } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.utimesSync(victim, 0, 0))
