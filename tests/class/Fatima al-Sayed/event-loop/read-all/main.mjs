import { readFile, stat } from 'node:fs/promises'

const t = Date.now()
const names = process.argv.slice(2)
let total = 0

for (const name of names) console.log(`start ${name} `)
const stats = await Promise.all(names.map((name) => stat(name)))
const texts = await Promise.all(names.map((name) => readFile(name, 'utf8')))
for (const [i, name] of names.entries()) {
  console.log(`${name}: ${stats[i].size} bytes`)
  const n = texts[i].split('\n').length - 1
  console.log(`${name}: ${n} lines`)
  total += n
}
console.log(`${total} lines in ${Date.now() - t} ms`)
