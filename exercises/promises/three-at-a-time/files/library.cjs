'use strict'

const SEATS = 3
let taken = 0
let full = []

/**
 * A promise for `read`, or an error where the name is `damaged`.
 *
 * The reading room has three seats. Who comes when all are taken is sent away with an error, and nobody begins to read
 * before all three are there.
 */
exports.read = async function read(name) {
  if (taken === SEATS) throw new Error('the reading room is full')
  taken++
  try {
    await new Promise((resolve) => {
      full.push(resolve)
      if (taken === SEATS) {
        for (const begin of full) setTimeout(begin, 5)
        full = []
      }
    })
    if (name === 'damaged') throw new Error('a page is missing')
    return 'read'
  } finally {
    taken--
  }
}
