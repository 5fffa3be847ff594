const { price } = require('./menu.cjs')
const { currency } = require('./settings.cjs')

console.log('report runs')

exports.total = (dishes) => {
  const sum = dishes.reduce((sum, dish) => sum + price(dish), 0)
  return `total ${sum} ${currency}`
}
