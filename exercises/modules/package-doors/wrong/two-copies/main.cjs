// loses: one module for import and require
// loses: other temperatures
// says: asked 1 times, asked 1 times
// says: Two files with a `count` each are two modules

const { asked, toFahrenheit } = require('thermo')
const { units } = require('thermo/units')

console.log(units.join(' to '))
for (const celsius of process.argv.slice(2)) {
  console.log(`${celsius} C is ${toFahrenheit(Number(celsius))} F`)
}
console.log(`asked ${asked()} times`)
