// loses: both doors, one count
// loses: one door alone
// loses: a third door uses your counter
// loses: other visitors
// says: `back 2` and `front 3` are missing
// says: Whoever loads that file gets the same module

import * as front from './front.mjs'
import * as back from './back.mjs'

const doors = { front, back }

for (const name of process.argv.slice(2)) doors[name].enter()
