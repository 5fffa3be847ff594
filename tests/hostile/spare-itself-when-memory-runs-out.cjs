// kept; outside: reached
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.writeFileSync('/proc/self/oom_score_adj', '500'))
