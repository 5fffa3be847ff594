// kept; outside: not tried, it is not ours
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.writeFileSync('/proc/1/fd/0', '[{"passed":true}]'))
