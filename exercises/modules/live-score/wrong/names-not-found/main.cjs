// loses: import finds the functions by name
// says: where `import finds goal and reset` is expected
// says: Node finds the names of a CommonJS module by reading its source.

const board = require('./board.cjs')

console.log('start', board.score)
for (const name of process.argv.slice(2)) {
  board[name]()
  console.log(name, board.score)
}
