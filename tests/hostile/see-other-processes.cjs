// kept; outside: reached
const { attempt, processes } = require('./attack.cjs')
attempt(() => {
  if (processes().every((pid) => pid === 1 || pid === process.pid)) throw new Error('there are none')
})
