import type { Size } from './prices.js'

export interface Order {
  drink: string
  size: keyof typeof Size
}
