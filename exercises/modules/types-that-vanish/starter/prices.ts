export enum Size {
  small = 1,
  large = 2,
}

const prices: Record<string, number> = { tea: 2, coffee: 3, chai: 5 }

export function priceOf(drink: string, size: Size): number {
  return prices[drink] * size
}
