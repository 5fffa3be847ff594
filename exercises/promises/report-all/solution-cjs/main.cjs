const fs = require('node:fs')

const names = process.argv.slice(2)
const reports = []
let left = names.length
let failed = 0

names.forEach((name, index) => {
  console.log(`reading ${name}`)
  fs.readFile(name, 'utf8', (error, text) => {
    if (error) failed += 1
    reports[index] = error ? `${name}: ${error.code}` : `${name}: ${text.split('\n').length - 1} lines`
    left -= 1
    if (left === 0) report()
  })
})

function report() {
  for (const line of reports) console.log(line)
  console.log(`${names.length - failed} read, ${failed} failed`)
  process.exitCode = failed > 0 ? 2 : 0
}
