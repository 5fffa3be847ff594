// kept or finished; outside: not tried, it would reach everybody
const { attempt } = require('./attack.cjs')
attempt(() => process.kill(-1, 'SIGCONT'))
