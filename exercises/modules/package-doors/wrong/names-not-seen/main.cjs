// loses: import finds the functions by name
// says: the guest finds no names
// says: It does not see into a variable

const { asked, toFahrenheit } = require('thermo')
const { units } = require('thermo/units')

console.log(units.join(' to '))
for (const celsius of process.argv.slice(2)) {
  console.log(`${celsius} C is ${toFahrenheit(Number(celsius))} F`)
}
console.log(`asked ${asked()} times`)
