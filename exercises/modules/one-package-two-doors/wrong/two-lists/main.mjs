// loses: the total counts every sale
// loses: both doors give the same
// loses: other sales
// says: `require` and `import` give two different `sell`: whatever it keeps, it keeps twice
// says: total 0

import { createRequire } from 'node:module'
import { sell } from 'till'

const { total } = createRequire(import.meta.url)('till')

console.log('till is open')
for (const argument of process.argv.slice(2)) {
  const [what, price] = argument.split('=')
  const sale = sell(what, Number(price))
  console.log(sale.what, sale.price)
}
console.log('total', total())
