// loses: somebody else watches
// loses: another match
// says: `the watcher sees 2` and `the watcher sees 3` are missing
// says: The same name has to show the new number.

let score = 0
const moves = {
  goal() {
    score += 1
  },
  reset() {
    score = 0
  },
}

console.log('start', score)
for (const name of process.argv.slice(2)) {
  moves[name]()
  console.log(name, score)
}
