// loses: all are begun, then all are reported
// loses: other files
// says: Error: ENOENT
// says: `Promise.allSettled` waits for all of them, whatever happens
import { readFile } from 'node:fs/promises'

const names = process.argv.slice(2)

const texts = await Promise.all(
  names.map((name) => {
    console.log(`reading ${name}`)
    return readFile(name, 'utf8')
  }),
)
texts.forEach((text, index) => {
  console.log(`${names[index]}: ${text.split('\n').length - 1} lines`)
})
console.log(`${names.length} read, 0 failed`)
