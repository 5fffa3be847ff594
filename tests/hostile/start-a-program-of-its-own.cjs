// kept; outside: reached; children
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  fs.copyFileSync('/bin/sh', 'sh')
  fs.chmodSync('sh', 0o755)
  const { error } = require('child_process').spawnSync('./sh', ['-c', 'exit 0'])
  if (error) throw error
})
