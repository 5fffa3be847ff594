// loses: both doors give the same
// loses: nobody is disturbed who loads it
// loses: the list stays inside
// says: `import` finds no `Sale`, `sell` or `total` in it: `require` does
// says: finds only the names that Node sees in its source

const { total } = require('till')

import('till').then(({ default: { sell } }) => {
  console.log('till is open')
  for (const argument of process.argv.slice(2)) {
    const [what, price] = argument.split('=')
    const sale = sell(what, Number(price))
    console.log(sale.what, sale.price)
  }
  console.log('total', total())
})
