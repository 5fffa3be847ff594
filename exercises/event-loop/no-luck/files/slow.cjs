// Plays a slow computer, then starts your program: each setTimeout takes until its time is over.
const { syncBuiltinESMExports, runMain } = require('node:module')
const path = require('node:path')
const timers = require('node:timers')
const { promisify } = require('node:util')

const real = timers.setTimeout

function slow(callback, delay = 0, ...rest) {
  const timeout = real(callback, delay, ...rest)
  const end = performance.now() + Math.min(Math.max(Number(delay) || 0, 1), 1000) + 5
  while (performance.now() < end);
  return timeout
}

slow[promisify.custom] = real[promisify.custom]
globalThis.setTimeout = timers.setTimeout = slow
syncBuiltinESMExports()

process.argv[1] = path.resolve(__dirname, process.env.TICKMARK_ENTRY ?? './main.cjs')
runMain()
