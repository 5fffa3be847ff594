// loses: main uses both doors
// loses: what is not listed is closed
// loses: other doors
// says: thermo/units is closed
// says: one entry for each door

const { asked, toFahrenheit } = require('thermo')
const { units } = require('thermo/units')

console.log(units.join(' to '))
for (const celsius of process.argv.slice(2)) {
  console.log(`${celsius} C is ${toFahrenheit(Number(celsius))} F`)
}
console.log(`asked ${asked()} times`)
