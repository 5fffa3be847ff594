// finished; outside: finished; children
const { spawn } = require('child_process')
const { marker } = require('./attack.cjs')
const options = { detached: true, stdio: 'ignore', env: {} }
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', marker], options).unref()
