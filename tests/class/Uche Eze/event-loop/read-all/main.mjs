import { readFile, stat } from 'node:fs/promises'

const began = Date.now()

async function linesOf(name) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const text = await readFile(name, 'utf8')
  const lines = text.split('\n').length - 1
  console.log(`${name}: ${lines} lines`)
  return lines
}

const counts = await Promise.all(process.argv.slice(2).map(linesOf))
const total = counts.reduce((sum, lines) => sum + lines, 0)
console.log(`${total} lines in ${Date.now() - began} ms`)
