// kept; outside: reached
const { attempt, victim } = require('./attack.cjs')
attempt(() => require('fs').chmodSync(victim, 0o666))
