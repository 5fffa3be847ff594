// loses: main uses both doors
// loses: import finds the functions by name
// loses: one module for import and require
// loses: what is not listed is closed
// loses: other doors
// loses: other temperatures
// says: Cannot find module 'thermo'
// says: only if its `package.json` has `exports`

const { asked, toFahrenheit } = require('thermo')
const { units } = require('thermo/units')

console.log(units.join(' to '))
for (const celsius of process.argv.slice(2)) {
  console.log(`${celsius} C is ${toFahrenheit(Number(celsius))} F`)
}
console.log(`asked ${asked()} times`)
