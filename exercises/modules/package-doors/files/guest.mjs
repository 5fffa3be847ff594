// Imports the package by its name and looks for names in it, as `import { … }` does.
const thermo = await import('thermo').catch((error) => console.log(`cannot import thermo: ${error.code ?? error}`))

if (thermo) {
  const names = ['asked', 'toFahrenheit'].filter((name) => name in thermo)
  console.log(`the guest finds ${names.join(' and ') || 'no names'}`)
  const { toFahrenheit } = names.length > 0 ? thermo : thermo.default
  for (const celsius of process.argv.slice(2)) {
    console.log(`${celsius} C is ${toFahrenheit(Number(celsius))} F`)
  }
}
