import { round } from './round.cjs'

let count = 0

export function toFahrenheit(celsius) {
  count += 1
  return round(celsius * 1.8 + 32)
}

export const asked = () => count
