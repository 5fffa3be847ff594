// kept; outside: not tried, it takes long; partial: not tried, it takes long
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  for (let n = 0; n < 20_000; n++) fs.writeFileSync(`file ${n}`, '')
})
