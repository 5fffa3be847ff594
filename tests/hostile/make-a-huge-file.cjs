// kept; outside: kept, since the size of a file is always limited
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  fs.writeFileSync('huge', '')
  fs.truncateSync('huge', 1e12)
})
