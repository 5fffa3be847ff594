// kept; outside: reached
const { attemptLater, canary } = require('./attack.cjs')
const fs = require('fs')
attemptLater(async () => {
  for await (const chunk of fs.createReadStream(canary)) void chunk
})
