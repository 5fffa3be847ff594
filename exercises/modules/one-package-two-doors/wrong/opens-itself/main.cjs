// loses: nobody is disturbed who loads it
// says: it prints `till is open` when it is loaded, and should print nothing
// says: also for somebody who only wants to know the total

const { total } = require('till')

import('till').then(({ sell }) => {
  for (const argument of process.argv.slice(2)) {
    const [what, price] = argument.split('=')
    const sale = sell(what, Number(price))
    console.log(sale.what, sale.price)
  }
  console.log('total', total())
})
