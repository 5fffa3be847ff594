console.log('x'.repeat(900_000))
process.exit(0)
