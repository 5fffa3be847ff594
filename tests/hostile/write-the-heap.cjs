// kept; outside: reached
const { attempt, outside } = require('./attack.cjs')
attempt(() => require('v8').writeHeapSnapshot(outside + '/heap'))
