import { Size } from './prices'

export interface Order {
  drink: string
  size: keyof typeof Size
}
