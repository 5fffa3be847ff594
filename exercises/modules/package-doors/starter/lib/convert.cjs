const { round } = require('./round.cjs')

let count = 0

const thermo = {
  toFahrenheit(celsius) {
    count += 1
    return round(celsius * 1.8 + 32)
  },
  asked() {
    return count
  },
}

module.exports = thermo
