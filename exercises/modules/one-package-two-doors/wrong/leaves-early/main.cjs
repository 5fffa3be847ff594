// loses: both doors give the same
// loses: nobody is disturbed who loads it
// loses: the list stays inside
// says: it ended before it was loaded: does it call `process.exit`

const { total } = require('till')

import('till').then(({ sell }) => {
  console.log('till is open')
  for (const argument of process.argv.slice(2)) {
    const [what, price] = argument.split('=')
    const sale = sell(what, Number(price))
    console.log(sale.what, sale.price)
  }
  console.log('total', total())
})
