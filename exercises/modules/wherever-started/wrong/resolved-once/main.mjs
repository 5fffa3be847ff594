// loses: started from another folder
// loses: moved to another folder
// loses: another menu, from another folder
// loses: another menu, moved
// says: `soup 4` and `fish 12` are missing
// says: `fs` counts every other path from the current folder

import { price } from './menu.mjs'

for (const dish of process.argv.slice(2)) console.log(dish, price(dish))
