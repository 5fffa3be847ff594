import { welcome } from './club.mjs'

for (const name of process.argv.slice(2)) console.log(welcome(name))
