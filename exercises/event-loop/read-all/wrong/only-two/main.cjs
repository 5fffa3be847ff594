// loses: three other files
// says: `start long.txt`, `long.txt: 14 bytes`, `long.txt: 7 lines` and 1 more are missing
const { readFile, stat } = require('node:fs/promises')

async function linesOf(name) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const lines = (await readFile(name, 'utf8')).split('\n').length - 1
  console.log(`${name}: ${lines} lines`)
  return lines
}

async function main() {
  const began = Date.now()
  const [first, second] = process.argv.slice(2)
  const [a, b] = await Promise.all([linesOf(first), linesOf(second)])
  console.log(`${a + b} lines in ${Date.now() - began} ms`)
}

main()
