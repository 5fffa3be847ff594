// kept; outside: reached
const { attempt, grader } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.readFileSync(`/proc/${grader}/cmdline`))
