const { price } = require('./menu.cjs')

for (const dish of process.argv.slice(2)) console.log(dish, price(dish))
