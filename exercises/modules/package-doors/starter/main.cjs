const { asked, toFahrenheit } = require('./lib/convert.cjs')

for (const celsius of process.argv.slice(2)) {
  console.log(`${celsius} C is ${toFahrenheit(Number(celsius))} F`)
}
console.log(`asked ${asked()} times`)
