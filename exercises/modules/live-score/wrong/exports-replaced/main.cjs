// loses: main shows every change
// loses: somebody else watches
// loses: import finds the functions by name
// loses: another match
// says: TypeError: board[name] is not a function
// says: `exports.goal = …` is plain enough for it.

const board = require('./board.cjs')

console.log('start', board.score)
for (const name of process.argv.slice(2)) {
  board[name]()
  console.log(name, board.score)
}
