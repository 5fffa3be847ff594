console.log('main starts')

import { line } from './menu.mjs'

const args = process.argv.slice(2)
const dishes = args.filter((arg) => arg !== '--total')

for (const dish of dishes) console.log(line(dish))
if (args.includes('--total')) {
  const { total } = await import('./report.mjs')
  console.log(total(dishes))
}

console.log('main ends')
