// Heavy work. In real life it would compute; this one waits until the oven is hot, which comes to the same for a loop.
const { existsSync } = require('node:fs')
const path = require('node:path')

const still = new Int32Array(new SharedArrayBuffer(4))

exports.bake = (order) => {
  // A worker has global variables of its own, so this one is there only in the bakery's thread.
  if (globalThis.isTheBakery) throw new Error('the loop stands still while you bake here')
  while (!existsSync(path.join(__dirname, 'oven.hot'))) Atomics.wait(still, 0, 0, 5)
  if (order === 'brick') throw new RangeError('a brick cannot be baked')
  return `baked in ${order.length * Number(process.env.STEPS ?? 1)} steps`
}
