// loses: prices only
// loses: prices and total
// loses: another order
// says: must come after `main starts`
// says: `require` loads a module at the moment it is called

const { line } = require('./menu.cjs')

console.log('main starts')

const args = process.argv.slice(2)
const dishes = args.filter((arg) => arg !== '--total')

for (const dish of dishes) console.log(line(dish))
if (args.includes('--total')) {
  const { total } = require('./report.cjs')
  console.log(total(dishes))
}

console.log('main ends')
