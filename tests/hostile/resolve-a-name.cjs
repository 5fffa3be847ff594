// kept; outside: not tried, it would leave this machine
const { attemptLater } = require('./attack.cjs')
attemptLater(() => require('dns/promises').lookup('example.com'))
