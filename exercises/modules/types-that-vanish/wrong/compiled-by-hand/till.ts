const Size = { small: 1, large: 2 }
const prices = { tea: 2, coffee: 3, chai: 5 }

export class Till {
  #total = 0
  #name

  constructor(name) {
    this.#name = name
  }

  take({ drink, size }) {
    const price = prices[drink] * Size[size]
    this.#total += price
    return `${this.#name}: ${size} ${drink}, ${price}`
  }

  close() {
    return `${this.#name}: ${this.#total} in all`
  }
}
