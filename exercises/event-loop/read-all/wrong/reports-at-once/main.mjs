// loses: the report comes last and adds up
// loses: three other files
// says: `5 lines in {number} ms` is missing
// says: Promise.all waits for several promises at once
import { readFile, stat } from 'node:fs/promises'

const began = Date.now()
let total = 0
process.argv.slice(2).forEach(async (name) => {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const lines = (await readFile(name, 'utf8')).split('\n').length - 1
  console.log(`${name}: ${lines} lines`)
  total += lines
})
console.log(`${total} lines in ${Date.now() - began} ms`)
