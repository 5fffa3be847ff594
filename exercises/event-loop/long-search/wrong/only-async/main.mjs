// loses: a long search
// loses: another search
// says: its event loop was held
// says: What lets the loop go round
import { steps } from './steps.cjs'

async function search(below) {
  let most = 0
  let found = 1
  for (let number = 1; number < below; number++) {
    const taken = steps(number)
    if (taken > most) {
      most = taken
      found = number
    }
    if (number % 10_000 === 0) await null
  }
  return `${found}: ${most} steps`
}

console.log(await search(Number(process.argv[2])))
