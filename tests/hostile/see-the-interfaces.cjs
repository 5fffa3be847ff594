// kept; outside: reached or kept, as this machine has a network
const { attempt } = require('./attack.cjs')
attempt(() => {
  if (Object.keys(require('os').networkInterfaces()).every((name) => name === 'lo')) throw new Error('only its own')
})
