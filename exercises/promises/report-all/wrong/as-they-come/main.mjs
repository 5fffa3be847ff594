// loses: all are begun, then all are reported
// loses: other files
// says: the report keeps the order of the arguments
import { readFile } from 'node:fs/promises'

const names = process.argv.slice(2)
let failed = 0

async function report(name) {
  console.log(`reading ${name}`)
  try {
    const text = await readFile(name, 'utf8')
    console.log(`${name}: ${text.split('\n').length - 1} lines`)
  } catch (error) {
    failed += 1
    console.log(`${name}: ${error.code}`)
  }
}

await Promise.all(names.map(report))
console.log(`${names.length - failed} read, ${failed} failed`)
process.exitCode = failed > 0 ? 2 : 0
