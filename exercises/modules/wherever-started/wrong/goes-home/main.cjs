// loses: the current folder changes
// says: `cake 5` and `soup 4` are missing

const { price } = require('./menu.cjs')

for (const dish of process.argv.slice(2)) console.log(dish, price(dish))
