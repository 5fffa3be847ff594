// kept; outside: reached
const { attempt, outside } = require('./attack.cjs')
attempt(() => process.chdir(outside))
