const fs = require('node:fs')

const names = process.argv.slice(2)
const began = Date.now()
let total = 0
let left = names.length

for (const name of names) {
  console.log(`start ${name}`)
  fs.stat(name, (error, stats) => {
    if (error) throw error
    console.log(`${name}: ${stats.size} bytes`)
    fs.readFile(name, 'utf8', (error, text) => {
      if (error) throw error
      const lines = text.split('\n').length - 1
      console.log(`${name}: ${lines} lines`)
      total += lines
      left -= 1
      if (left === 0) {
        console.log(`${total} lines in ${Date.now() - began} ms`)
      }
    })
  })
}
