import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const [file, product] = process.argv.slice(2)
let sold = 0
for await (const line of createInterface({ input: createReadStream(file) })) {
  const [, what, number] = line.split(',')
  if (what === product) sold += Number(number)
}
console.log(`${product}: ${sold}`)
