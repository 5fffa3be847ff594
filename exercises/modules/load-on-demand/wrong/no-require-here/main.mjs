// loses: prices only
// loses: prices and total
// loses: the menu is already loaded
// loses: another order
// loses: another second guest
// says: ReferenceError: require is not defined in ES module scope
// says: In an ES module `await import('./report.mjs')` waits for the module.

console.log('main starts')

import { line } from './menu.mjs'
const { total } = require('./report.mjs')

const args = process.argv.slice(2)
const dishes = args.filter((arg) => arg !== '--total')

for (const dish of dishes) console.log(line(dish))
if (args.includes('--total')) console.log(total(dishes))

console.log('main ends')
