const { readFile, stat } = require('node:fs/promises')

const t = Date.now()

async function one(name) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const n = (await readFile(name, 'utf8')).split('\n').length - 1
  console.log(`${name}: ${n} lines`)
  return n
}

Promise.all(process.argv.slice(2).map(one)).then((counts) => {
  console.log(`${counts.reduce((a, b) => a + b, 0)} lines in ${Date.now() - t} ms`)
})
