const sales = []

class Sale {
  constructor(what, price) {
    this.what = what
    this.price = price
  }
}

const till = {
  Sale,
  sell(what, price) {
    const sale = new Sale(what, price)
    sales.push(sale)
    return sale
  },
  total() {
    return sales.reduce((sum, sale) => sum + sale.price, 0)
  },
}

module.exports = till
