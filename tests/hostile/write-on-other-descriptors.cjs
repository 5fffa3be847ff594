// kept; outside: kept, since none is ever given on
const { attempt } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  let written = 0
  for (let fd = 3; fd < 200; fd++) {
    try {
      if (!fs.fstatSync(fd).isFIFO() && !fs.fstatSync(fd).isSocket()) continue
      if (fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith('anon')) continue
      written += fs.writeSync(fd, '')
    } catch {}
  }
  for (const fd of [3, 4, 5, 6]) {
    try {
      fs.writeSync(`/proc/1/fd/${fd}`, 'passed')
      return
    } catch {}
  }
  throw new Error('there is none')
})
