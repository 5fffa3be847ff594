// kept; outside: kept, since a program that runs cannot be written
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.openSync(process.execPath, 'r+'))
