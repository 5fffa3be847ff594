// loses: somebody else watches
// loses: import finds the functions by name
// loses: another match
// says: where `import finds goal and reset` is expected
// says: where `import finds goal and reset` is expected

import board from './board.mjs'

console.log('start', board.score)
for (const name of process.argv.slice(2)) {
  board[name]()
  console.log(name, board.score)
}
