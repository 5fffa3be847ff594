// loses: a year
// loses: another year
// says: does it hold everything at once
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const [file, product] = process.argv.slice(2)
const sales = []
for await (const line of createInterface({ input: createReadStream(file) })) {
  const [sale, what, number] = line.split(',')
  sales.push({ sale, what, number: Number(number) })
}
const sold = sales.filter(({ what }) => what === product).reduce((sum, { number }) => sum + number, 0)
console.log(`${product}: ${sold}`)
