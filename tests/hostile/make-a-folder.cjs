// kept; outside: reached
const { attempt, outside } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.mkdirSync(outside + '/made'))
