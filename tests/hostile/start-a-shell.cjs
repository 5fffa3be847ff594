// kept; outside: reached
const { attempt } = require('./attack.cjs')
attempt(() => {
  const { error } = require('child_process').spawnSync('/bin/sh', ['-c', 'exit 0'])
  if (error) throw error
})
