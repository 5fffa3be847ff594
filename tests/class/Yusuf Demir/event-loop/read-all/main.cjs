const { countLines } = require('count-lines')
const { readFile, stat } = require('node:fs/promises')

async function one(name) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const n = countLines(await readFile(name, 'utf8'))
  console.log(`${name}: ${n} lines`)
  return n
}

const t = Date.now()
Promise.all(process.argv.slice(2).map(one)).then((all) => {
  const sum = all.reduce((a, b) => a + b, 0)
  console.log(`${sum} lines in ${Date.now() - t} ms`)
})
