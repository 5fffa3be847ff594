// loses: both doors give the same
// says: `require` and `import` give two different `total`

import { sell } from 'till'

console.log('till is open')
let total = 0
for (const argument of process.argv.slice(2)) {
  const [what, price] = argument.split('=')
  const sale = sell(what, Number(price))
  console.log(sale.what, sale.price)
  total += sale.price
}
console.log('total', total)
