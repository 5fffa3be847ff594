// kept; outside: reached
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  const told = fs.readFileSync('/proc/1/cmdline', 'latin1')
  if (told.replace(/\0/g, '') === 'tickmark-box') throw new Error('it says nothing')
})
