// kept; outside: reached as root
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.readFileSync('/etc/shadow'))
