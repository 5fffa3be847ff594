import { currency } from './settings.mjs'

console.log('menu runs')

const prices = { soup: 4, fish: 12, tea: 3, cake: 5 }

export const price = (dish) => prices[dish]
export const line = (dish) => `${dish} costs ${price(dish)} ${currency}`
