// loses: requests are answered while the oven is on
// loses: several orders at a time
// loses: what fails is told
// loses: other orders
// says: cake: the loop stands still while you bake here
// says: All of them run it in the thread of the loop
const { bake } = require('./bake.cjs')

exports.heavy = async (order) => {
  await null
  return bake(order)
}
