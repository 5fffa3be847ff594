// kept; outside: reached
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  const known = ['fd', 'full', 'null', 'random', 'stderr', 'stdin', 'stdout', 'urandom', 'zero']
  if (fs.readdirSync('/dev').every((name) => known.includes(name))) throw new Error('only harmless ones')
})
