// kept; outside: reached
const { attempt, canary } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.readFileSync('/proc/self/root' + canary))
