// loses: both doors give the same
// says: `require` and `import` give two different `Sale`
// says: The list of sales has to stand in one file

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
