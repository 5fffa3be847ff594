process.on('SIGTERM', (name) => {
  console.log(name)
  clearInterval(waiting)
})
const waiting = setInterval(() => {}, 1000)
process.kill(process.pid, 'SIGTERM')
