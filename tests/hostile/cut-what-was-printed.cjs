// kept; outside: kept, since a pipe cannot be cut
const { kept } = require('./attack.cjs')
const fs = require('fs')
try {
  fs.truncateSync('/dev/stdout')
} catch {}
kept(new Error('it is there'))
