// loses: main welcomes by card
// loses: a new name for the club
// loses: other people, other names
// says: `Welcome! Ada, Chess Club` and `Welcome! Grace, Chess Club` are missing
// says: read it when a card is written

import { welcome } from './club.mjs'

for (const name of process.argv.slice(2)) console.log(welcome(name))
