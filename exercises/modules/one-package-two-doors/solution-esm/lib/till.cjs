const sales = []

class Sale {
  constructor(what, price) {
    this.what = what
    this.price = price
  }
}

exports.Sale = Sale

exports.sell = (what, price) => {
  const sale = new Sale(what, price)
  sales.push(sale)
  return sale
}

exports.total = () => sales.reduce((sum, sale) => sum + sale.price, 0)
