// finished; outside: finished; children
const { spawn } = require('child_process')
const { marker } = require('./attack.cjs')
spawn('/bin/sh', ['-c', 'sleep 60', marker], { detached: true, stdio: 'inherit' }).unref()
