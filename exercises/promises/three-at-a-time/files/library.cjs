'use strict'

const { setTimeout: wait } = require('node:timers/promises')

const SEATS = 3
let taken = 0
let open
const opened = new Promise((resolve) => { open = resolve })

/**
 * A promise for `read`, or an error where the name is `damaged`.
 *
 * The reading room has three seats. Who comes while all are taken is sent away with an error. And it opens only when all
 * three are taken for the first time; from then on it is open all day.
 */
exports.read = async function read(name) {
  if (taken === SEATS) throw new Error('the reading room is full')
  taken++
  try {
    if (taken === SEATS) open()
    await opened
    await wait(30)
    if (name === 'damaged') throw new Error('a page is missing')
    return 'read'
  } finally {
    taken--
  }
}
