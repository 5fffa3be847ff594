// loses: a year
// loses: another year
// says: and 50 MB more is allowed
const { readFileSync } = require('node:fs')

const [file, product] = process.argv.slice(2)
let sold = 0
for (const line of readFileSync(file, 'utf8').split('\n')) {
  const [, what, number] = line.split(',')
  if (what === product) sold += Number(number)
}
console.log(`${product}: ${sold}`)
