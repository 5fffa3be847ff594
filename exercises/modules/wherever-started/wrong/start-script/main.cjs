// loses: moved to another folder
// loses: another menu, moved
// says: ENOENT: no such file or directory

const { price } = require('./menu.cjs')

for (const dish of process.argv.slice(2)) console.log(dish, price(dish))
