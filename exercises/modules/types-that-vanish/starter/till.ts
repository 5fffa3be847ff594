import { Order } from './order'
import { Size, priceOf } from './prices'

export class Till {
  private total = 0

  constructor(private name: string) {}

  take(order: Order): string {
    const price = priceOf(order.drink, Size[order.size])
    this.total += price
    return `${this.name}: ${order.size} ${order.drink}, ${price}`
  }

  close(): string {
    return `${this.name}: ${this.total} in all`
  }
}
