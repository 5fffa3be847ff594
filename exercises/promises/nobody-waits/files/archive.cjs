'use strict'

const { once, EventEmitter } = require('node:events')
const { setTimeout: wait } = require('node:timers/promises')

const quick = ['apple', 'pear', 'plum']
const words = []
const bell = new EventEmitter()

/** A promise for what is found. To find a fruit takes a moment, all else takes hours; `signal` stops it. */
exports.search = async function search(word, { signal } = {}) {
  try {
    await wait(quick.includes(word) ? 20 : 3_600_000, null, { signal })
    return `found ${word}`
  } catch (error) {
    words.push(word)
    bell.emit('stopped')
    throw error
  }
}

let told = 0

/** A promise for the words whose search was stopped. It waits until there is one more than the last time. */
exports.stopped = async function stopped() {
  while (words.length === told) await once(bell, 'stopped')
  told = words.length
  return words.join(', ')
}
