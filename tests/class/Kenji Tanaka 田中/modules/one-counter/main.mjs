import * as front from './front.mjs'
import * as back from './back.mjs'

const doors = { front, back }

for (const name of process.argv.slice(2)) doors[name].enter()
