const sales = (globalThis.sales ??= [])

export class Sale {
  constructor(what, price) {
    this.what = what
    this.price = price
  }
}

export function sell(what, price) {
  const sale = new Sale(what, price)
  sales.push(sale)
  return sale
}

export const total = () => sales.reduce((sum, sale) => sum + sale.price, 0)
