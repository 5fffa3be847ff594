// kept; outside: kept, since none is ever given on
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  for (let fd = 3; fd < 200; fd++) {
    try {
      if (fs.fstatSync(fd).isFile()) return
    } catch {}
  }
  throw new Error('there is none')
})
