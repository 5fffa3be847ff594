// loses: import finds the functions by name
// says: `import finds goal and reset` is missing
// says: Node finds the names of a CommonJS module by reading its source.

const board = require('./board.cjs')

console.log('start', board.score)
for (const name of process.argv.slice(2)) {
  board[name]()
  console.log(name, board.score)
}
