// kept; outside: reached as root
const { attempt } = require('./attack.cjs')
attempt(() => require('os').setPriority(0, -20))
