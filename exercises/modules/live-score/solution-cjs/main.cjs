const board = require('./board.cjs')

console.log('start', board.score)
for (const name of process.argv.slice(2)) {
  board[name]()
  console.log(name, board.score)
}
