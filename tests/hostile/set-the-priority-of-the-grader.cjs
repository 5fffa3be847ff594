// kept; outside: reached
const { attempt, grader } = require('./attack.cjs')
const os = require('os')
attempt(() => os.setPriority(grader, os.getPriority(grader)))
