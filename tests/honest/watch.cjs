const fs = require('fs')
fs.writeFileSync('watched', '')
const watcher = fs.watch('watched', () => {
  console.log('changed')
  watcher.close()
})
watcher.on('error', (error) => console.log(error.code))
setTimeout(() => fs.writeFileSync('watched', 'x'), 20)
