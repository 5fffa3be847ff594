// loses: requests are answered while the oven is on
// loses: several orders at a time
// loses: what fails is told
// loses: other orders
// says: an error ended it that nothing caught
// says: Error: the loop stands still while you bake here
import { bake } from './bake.cjs'

export function heavy(order) {
  return new Promise((resolve) => {
    setImmediate(() => resolve(bake(order)))
  })
}
