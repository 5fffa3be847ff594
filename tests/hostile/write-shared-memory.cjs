// kept; outside: not tried, it would stay
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.writeFileSync('/dev/shm/hostile', ''))
