// loses: a year
// loses: another year
// says: is expected
import { createReadStream } from 'node:fs'

const [file, product] = process.argv.slice(2)
let sold = 0
for await (const chunk of createReadStream(file, 'utf8')) {
  for (const line of chunk.split('\n')) {
    const [, what, number] = line.split(',')
    if (what === product) sold += Number(number)
  }
}
console.log(`${product}: ${sold}`)
