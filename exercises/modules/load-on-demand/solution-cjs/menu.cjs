const { currency } = require('./settings.cjs')

console.log('menu runs')

const prices = { soup: 4, fish: 12, tea: 3, cake: 5 }

exports.price = (dish) => prices[dish]
exports.line = (dish) => `${dish} costs ${prices[dish]} ${currency}`
