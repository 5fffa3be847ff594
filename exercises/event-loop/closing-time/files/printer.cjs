'use strict'

const { setTimeout: wait } = require('node:timers/promises')

const closing = new Promise((resolve) => process.once('SIGTERM', resolve))

/** A promise for `printed`. This printer is slow: it is done only a while after closing time. */
exports.print = async function print() {
  await closing
  await wait(100)
  return 'printed'
}
