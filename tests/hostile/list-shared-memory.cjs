// kept; outside: reached
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.readdirSync('/dev/shm'))
