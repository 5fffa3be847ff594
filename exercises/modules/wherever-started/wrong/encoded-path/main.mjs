// loses: moved to another folder
// loses: another menu, moved
// says: ENOENT: no such file or directory
// says: a URL's `pathname` is no path

import { price } from './menu.mjs'

for (const dish of process.argv.slice(2)) console.log(dish, price(dish))
