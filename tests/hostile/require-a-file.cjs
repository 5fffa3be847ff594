// kept; outside: reached
const { attempt, canary } = require('./attack.cjs')
attempt(() => require(canary + '.js'))
