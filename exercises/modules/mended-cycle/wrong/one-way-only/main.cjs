// loses: whichever is loaded first
// loses: a new name for the club
// loses: other people, member first
// loses: other people, other names
// says: TypeError: card is not a function
// says: `club` may not use anything of `member` yet

const { welcome } = require('./club.cjs')

for (const name of process.argv.slice(2)) console.log(welcome(name))
