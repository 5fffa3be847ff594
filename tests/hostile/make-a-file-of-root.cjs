// kept; outside: reached as root
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  fs.writeFileSync('file', '')
  fs.chownSync('file', 0, 0)
})
