// Imports the package and requires it, and asks both in turns.
import { createRequire } from 'node:module'

try {
  const imported = await import('thermo')
  const required = createRequire(import.meta.url)('thermo')
  ask([
    ['import', imported.toFahrenheit ? imported : imported.default],
    ['require', required],
  ])
} catch (error) {
  console.log(`cannot load thermo: ${error.code ?? error}`)
}

function ask(guests) {
  process.argv.slice(2).forEach((celsius, turn) => {
    const [name, thermo] = guests[turn % 2]
    console.log(`${name}: ${celsius} C is ${thermo.toFahrenheit(Number(celsius))} F`)
  })
  console.log(guests.map(([, thermo]) => `asked ${thermo.asked()} times`).join(', '))
}
