// kept; outside: reached as root
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.openSync('/proc/sys/kernel/hostname', 'r+'))
