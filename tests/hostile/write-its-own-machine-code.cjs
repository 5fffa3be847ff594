// kept; outside: reached
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.openSync('/proc/self/mem', 'r+'))
