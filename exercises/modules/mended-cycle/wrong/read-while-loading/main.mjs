// loses: main welcomes by card
// loses: a new name for the club
// loses: other people, other names
// says: ReferenceError: Cannot access 'title' before initialization
// says: While `member` runs for the first time, `club` has not finished.

import { welcome } from './club.mjs'

for (const name of process.argv.slice(2)) console.log(welcome(name))
