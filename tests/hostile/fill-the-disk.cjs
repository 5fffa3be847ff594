// kept; outside: not tried, it would fill this one; partial: not tried, it would fill this one
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  for (let n = 0; n < 100; n++) fs.writeFileSync(`file ${n}`, Buffer.alloc(4_000_000))
})
