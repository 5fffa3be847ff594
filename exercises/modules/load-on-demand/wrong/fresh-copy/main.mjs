// loses: the menu is already loaded
// loses: another second guest
// says: `menu runs`
// says: A module that has run already does not run again.

console.log('main starts')

import { line } from './menu.mjs?today'

const args = process.argv.slice(2)
const dishes = args.filter((arg) => arg !== '--total')

for (const dish of dishes) console.log(line(dish))
if (args.includes('--total')) {
  const { total } = await import('./report.mjs')
  console.log(total(dishes))
}

console.log('main ends')
