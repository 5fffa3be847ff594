// loses: both are started before either is read
// loses: the report comes last and adds up
// loses: three other files
// says: `north.txt: 29 bytes` must come after `start south.txt`
const fs = require('node:fs')

const began = Date.now()
let total = 0
for (const name of process.argv.slice(2)) {
  console.log(`start ${name}`)
  console.log(`${name}: ${fs.statSync(name).size} bytes`)
  const lines = fs.readFileSync(name, 'utf8').split('\n').length - 1
  console.log(`${name}: ${lines} lines`)
  total += lines
}
console.log(`${total} lines in ${Date.now() - began} ms`)
