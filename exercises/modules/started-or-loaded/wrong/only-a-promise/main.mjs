// loses: loaded, it gives its function and does nothing
// loses: the arguments are somebody else's
// loses: another program uses it
// says: `import` finds `longest` in it, which is a promise and should be a function

import { pathToFileURL } from 'node:url'

export const longest = import('./words.mjs').then((words) => words.longest)

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const text of process.argv.slice(2)) console.log((await longest)(text))
}
