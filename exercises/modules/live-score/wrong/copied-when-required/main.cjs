// loses: main shows every change
// loses: somebody else watches
// loses: another match
// says: `goal 1` and `goal 2` are missing
// says: `const { score } = …` copies it

const { score, goal, reset } = require('./board.cjs')

const moves = { goal, reset }

console.log('start', score)
for (const name of process.argv.slice(2)) {
  moves[name]()
  console.log(name, score)
}
