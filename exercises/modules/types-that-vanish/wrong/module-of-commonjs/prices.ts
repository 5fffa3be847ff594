export const Size = { small: 1, large: 2 } as const
export type Size = (typeof Size)[keyof typeof Size]

const prices: Record<string, number> = { tea: 2, coffee: 3, chai: 5 }

export function priceOf(drink: string, size: Size): number {
  return prices[drink] * size
}
