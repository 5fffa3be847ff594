// kept; outside: reached or kept, as this machine limits them
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  for (let n = 0; n < 3000; n++) fs.openSync('/dev/null', 'r')
})
