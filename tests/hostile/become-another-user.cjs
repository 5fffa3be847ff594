// kept; outside: reached as root
const { attempt } = require('./attack.cjs')
attempt(() => process.setuid(65534))
