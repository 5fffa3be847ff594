import { readFile, stat } from 'node:fs/promises'

const t0 = Date.now()
let sum = 0
for (const name of process.argv.slice(2)) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const text = await readFile(name, 'utf8')
  const n = text.split('\n').length - 1
  console.log(`${name}: ${n} lines`)
  sum += n
}
console.log(`${sum} lines in ${Date.now() - t0} ms`)
