import { readFile, stat } from 'node:fs/promises'

const names = process.argv.slice(2)
const before = Date.now()
let total = 0

names.forEach((name) => console.log(`start ${name}`))
const stats = await Promise.all(names.map((name) => stat(name)))
stats.forEach(({ size }, i) => console.log(`${names[i]}: ${size} bytes`))
const texts = await Promise.all(names.map((name) => readFile(name, 'utf8')))
texts.forEach((text, i) => {
  const n = text.split('\n').length - 1
  console.log(`${names[i]}: ${n} lines`)
  total =+ n
})
console.log(`${total} lines in ${Date.now() - before} ms`)
