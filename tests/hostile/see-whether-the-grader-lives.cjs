// kept; outside: reached
const { attempt, grader } = require('./attack.cjs')
attempt(() => process.kill(grader, 0))
