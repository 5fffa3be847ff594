import { asked, toFahrenheit } from 'thermo'
import { units } from 'thermo/units'

console.log(units.join(' to '))
for (const celsius of process.argv.slice(2)) {
  console.log(`${celsius} C is ${toFahrenheit(Number(celsius))} F`)
}
console.log(`asked ${asked()} times`)
