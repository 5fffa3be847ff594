// children
const { execFileSync, execSync, spawn } = require('child_process')
console.log(execSync('echo from a shell').toString().trim())
console.log(execFileSync(process.execPath, ['-p', '6 * 7']).toString().trim())
const child = spawn('cat', { stdio: ['pipe', 'inherit', 'inherit'] })
child.stdin.end('through cat\n')
child.on('close', (code) => console.log('closed', code))
