// loses: both are started before either is read
// loses: the report comes last and adds up
// loses: three other files
// says: `north.txt: 29 bytes` must come after `start south.txt`
// says: starting a read holds nothing up
// says: A loop that awaits inside
import { readFile, stat } from 'node:fs/promises'

const began = Date.now()
let total = 0
for (const name of process.argv.slice(2)) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const lines = (await readFile(name, 'utf8')).split('\n').length - 1
  console.log(`${name}: ${lines} lines`)
  total += lines
}
console.log(`${total} lines in ${Date.now() - began} ms`)
