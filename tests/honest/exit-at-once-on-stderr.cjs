console.error('x'.repeat(900_000))
console.log('said')
process.exit(4)
