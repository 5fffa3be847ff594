// loses: the report comes last and adds up
// loses: three other files
// says: where `5 lines in {number} ms` is expected
// says: Mind what `total += await …` reads before it waits
import { readFile, stat } from 'node:fs/promises'

const began = Date.now()
let total = 0

async function linesOf(name) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const lines = (await readFile(name, 'utf8')).split('\n').length - 1
  console.log(`${name}: ${lines} lines`)
  return lines
}

await Promise.all(
  process.argv.slice(2).map(async (name) => {
    total += await linesOf(name)
  }),
)
console.log(`${total} lines in ${Date.now() - began} ms`)
