// children
const { fork } = require('child_process')
if (process.send) {
  process.on('message', (n) => {
    process.send(n * 2)
    process.disconnect()
  })
} else {
  const child = fork(__filename)
  child.on('message', (n) => console.log(n)).on('exit', (code) => console.log('exit', code))
  child.send(21)
}
