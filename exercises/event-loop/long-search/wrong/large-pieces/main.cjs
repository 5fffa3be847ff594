// loses: a long search
// loses: another search
// says: its event loop was held
const { steps } = require('./steps.cjs')

const below = Number(process.argv[2])
let most = 0
let found = 1

function search(from) {
  const to = Math.min(from + 200_000, below)
  for (let number = from; number < to; number++) {
    const taken = steps(number)
    if (taken > most) {
      most = taken
      found = number
    }
  }
  if (to < below) setImmediate(search, to)
  else console.log(`${found}: ${most} steps`)
}

search(1)
