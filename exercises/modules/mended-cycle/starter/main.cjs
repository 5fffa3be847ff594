const { welcome } = require('./club.cjs')

for (const name of process.argv.slice(2)) console.log(welcome(name))
