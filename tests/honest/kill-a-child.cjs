// children
const { spawn } = require('child_process')
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
child.on('exit', (code, signal) => console.log(code, signal))
setTimeout(() => child.kill('SIGKILL'), 50)
