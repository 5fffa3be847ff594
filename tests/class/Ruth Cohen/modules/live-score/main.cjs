const { score, goal, reset } = require('./board.cjs')

const moves = { goal, reset }

console.log('start', score)
for (const name of process.argv.slice(2)) {
  moves[name]()
  console.log(name, score)
}
