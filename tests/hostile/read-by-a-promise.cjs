// kept; outside: reached
const { attemptLater, canary } = require('./attack.cjs')
const fs = require('fs/promises')
attemptLater(() => fs.readFile(canary))
