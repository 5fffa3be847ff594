// kept; outside: reached; partial: reached, it can use no file there
const { attempt, outside } = require('./attack.cjs')
attempt(() => process.chdir(outside))
