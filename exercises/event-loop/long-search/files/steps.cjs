'use strict'

/** How many steps it takes from `number` to 1: an even number is halved, an odd one tripled, and one more. */
exports.steps = function steps(number) {
  let steps = 0
  for (let n = number; n !== 1; n = n % 2 === 0 ? n / 2 : 3 * n + 1) steps++
  return steps
}
