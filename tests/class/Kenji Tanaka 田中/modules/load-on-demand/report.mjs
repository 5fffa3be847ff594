import { price } from './menu.mjs'
import { currency } from './settings.mjs'

console.log('report runs')

export function total(dishes) {
  const sum = dishes.reduce((sum, dish) => sum + price(dish), 0)
  return `total ${sum} ${currency}`
}
