// loses: a long search
// loses: another search
// says: its event loop was held
// says: does a little of it in each turn
import { steps } from './steps.cjs'

const below = Number(process.argv[2])
let most = 0
let found = 1
for (let number = 1; number < below; number++) {
  const taken = steps(number)
  if (taken > most) {
    most = taken
    found = number
  }
}
console.log(`${found}: ${most} steps`)
