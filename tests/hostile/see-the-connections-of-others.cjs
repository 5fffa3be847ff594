// kept; outside: reached; partial: reached
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  const lines = fs.readFileSync('/proc/net/tcp', 'utf8').trim().split('\n')
  if (lines.length === 1) throw new Error('there are none')
})
