import type { Order } from './order.ts'
import { Size, priceOf } from './prices.ts'

export class Till {
  private total = 0
  private name: string

  constructor(name: string) {}

  take(order: Order): string {
    const price = priceOf(order.drink, Size[order.size])
    this.total += price
    return `${this.name}: ${order.size} ${order.drink}, ${price}`
  }

  close(): string {
    return `${this.name}: ${this.total} in all`
  }
}
