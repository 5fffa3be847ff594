// kept; outside: reached
const { attempt } = require('./attack.cjs')
attempt(() => {
  const { error } = require('child_process').spawnSync(process.execPath, ['--version'])
  if (error) throw error
})
