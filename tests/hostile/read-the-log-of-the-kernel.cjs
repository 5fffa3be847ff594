// kept; outside: reached or kept, as this machine has it
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.openSync('/dev/kmsg', 'r'))
