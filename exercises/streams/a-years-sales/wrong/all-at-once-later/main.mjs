// loses: a year
// loses: another year
// says: does it hold everything at once
// says: What does your program still hold
import { readFile } from 'node:fs/promises'

const [file, product] = process.argv.slice(2)
const lines = (await readFile(file, 'utf8')).split('\n')
const sales = lines.map((line) => line.split(',')).filter(([, what]) => what === product)
console.log(`${product}: ${sales.reduce((sum, [, , number]) => sum + Number(number), 0)}`)
