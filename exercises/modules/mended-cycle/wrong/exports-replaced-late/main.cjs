// loses: main welcomes by card
// loses: whichever is loaded first
// loses: a new name for the club
// loses: other people, member first
// loses: other people, other names
// says: `Welcome! Ada, Chess Club` and `Welcome! Grace, Chess Club` are missing
// says: Do not read its title then

const { welcome } = require('./club.cjs')

for (const name of process.argv.slice(2)) console.log(welcome(name))
