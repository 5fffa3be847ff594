// finished; outside: finished; children
const { spawn } = require('child_process')
const { marker } = require('./attack.cjs')
spawn('/bin/sh', ['-c', 'trap "" HUP INT TERM; sleep 60', marker], { detached: true, stdio: 'ignore' }).unref()
