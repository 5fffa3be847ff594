// kept; outside: reached
const { attempt } = require('./attack.cjs')
process.emitWarning = () => {}
attempt(() => {
  const { spawn } = process.binding('spawn_sync')
  const stdio = [0, 1, 2].map(() => ({ type: 'ignore' }))
  const { error } = spawn({ file: '/bin/sh', args: ['sh', '-c', 'exit 0'], envPairs: [], stdio })
  if (error) throw new Error(`error ${error}`)
})
