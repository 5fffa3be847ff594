// loses: a new name for the club
// loses: other people, other names
// says: `Welcome! Ada, Go Club` and `Ada, Go Club` are missing
// says: `member` may not keep a copy of the old one

const { welcome } = require('./club.cjs')

for (const name of process.argv.slice(2)) console.log(welcome(name))
