// processes; outside: processes; children
const { spawn } = require('child_process')
setInterval(() => spawn('/bin/sh', ['-c', 'sleep 9']).on('error', () => {}), 1)
