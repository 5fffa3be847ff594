'use strict'

/** How many primes there are from `from` on and below `to`. It tries every divisor, and takes its time. */
exports.count = function count(from, to) {
  let found = 0
  for (let number = Math.max(from, 2); number < to; number++) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor === 0) prime = false
    }
    if (prime) found++
  }
  return found
}
