// cpu-time; outside: cpu-time; children
const { spawn } = require('child_process')
for (let n = 0; n < 3; n++) spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
