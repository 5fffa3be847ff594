// loses: main shows every change
// loses: somebody else watches
// loses: import finds the functions by name
// loses: another match
// says: TypeError: Assignment to constant variable.

import { score } from './board.mjs'

console.log('start', score)
for (const name of process.argv.slice(2)) {
  if (name === 'goal') score += 1
  if (name === 'reset') score = 0
  console.log(name, score)
}
