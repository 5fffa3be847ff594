// loses: prices only
// loses: prices and total
// loses: another order
// says: `main starts` must come after
// says: an imported module runs before the body of the module that imports it

console.log('main starts')

const { line } = await import('./menu.mjs')

const args = process.argv.slice(2)
const dishes = args.filter((arg) => arg !== '--total')

for (const dish of dishes) console.log(line(dish))
if (args.includes('--total')) {
  const { total } = await import('./report.mjs')
  console.log(total(dishes))
}

console.log('main ends')
