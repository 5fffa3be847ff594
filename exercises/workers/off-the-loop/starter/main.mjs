import { bake } from './bake.cjs'

export async function heavy(order) {
  return bake(order)
}
