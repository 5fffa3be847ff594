// kept; outside: reached
const { attempt, canary, grader } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.readFileSync(`/proc/${grader}/root${canary}`))
