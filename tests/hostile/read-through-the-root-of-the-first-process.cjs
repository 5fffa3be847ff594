// kept; outside: reached or kept, as the first process of this machine lets others look
const { attempt, canary } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.readFileSync('/proc/1/root' + canary))
