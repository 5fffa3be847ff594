// kept; outside: reached or kept, as the first process of this machine lets others look
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => fs.readdirSync('/proc/1/fd'))
