const numbers = process.argv.slice(2).map(Number)

for (const number of numbers) console.log(`${number}: ?`)
