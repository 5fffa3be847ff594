export class Size {
  static small: number = 1
  static large: number = 2
}

const prices: Record<string, number> = { tea: 2, coffee: 3, chai: 5 }

export function priceOf(drink: string, size: number): number {
  return prices[drink] * size
}
