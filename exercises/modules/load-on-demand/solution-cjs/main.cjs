console.log('main starts')

const { line } = require('./menu.cjs')

const args = process.argv.slice(2)
const dishes = args.filter((arg) => arg !== '--total')

for (const dish of dishes) console.log(line(dish))
if (args.includes('--total')) {
  const { total } = require('./report.cjs')
  console.log(total(dishes))
}

console.log('main ends')
