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
