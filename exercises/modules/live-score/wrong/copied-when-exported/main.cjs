// loses: main shows every change
// loses: somebody else watches
// loses: another match
// says: `goal 1` and `goal 2` are missing
// says: Look for the moment at which the number is copied.

const board = require('./board.cjs')

console.log('start', board.score)
for (const name of process.argv.slice(2)) {
  board[name]()
  console.log(name, board.score)
}
