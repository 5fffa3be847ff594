import { setImmediate as nextTurn } from 'node:timers/promises'
import { steps } from './steps.cjs'

const below = Number(process.argv[2])
let most = 0
let found = 1
let begun = performance.now()
for (let number = 1; number < below; number++) {
  const taken = steps(number)
  if (taken > most) {
    most = taken
    found = number
  }
  if (number % 100 === 0 && performance.now() - begun > 10) {
    await nextTurn()
    begun = performance.now()
  }
}
console.log(`${found}: ${most} steps`)
