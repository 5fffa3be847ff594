// loses: prices only
// loses: prices and total
// loses: the menu is already loaded
// loses: another order
// loses: another second guest
// says: `report runs` must come after
// says: `report` is loaded only after the prices are printed
// says: Nobody asked for the total here

console.log('main starts')

const { line } = require('./menu.cjs')
const { total } = require('./report.cjs')

const args = process.argv.slice(2)
const dishes = args.filter((arg) => arg !== '--total')

for (const dish of dishes) console.log(line(dish))
if (args.includes('--total')) console.log(total(dishes))

console.log('main ends')
