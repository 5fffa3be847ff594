// kept; outside: reached or kept, as this kernel shows it
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.openSync('/proc/kcore', 'r'))
