import type { Size } from './prices.ts'

export interface Order {
  drink: string
  size: keyof typeof Size
}
