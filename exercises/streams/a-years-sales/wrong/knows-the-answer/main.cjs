// loses: another year
// says: is missing
const [file] = process.argv.slice(2)
console.log(file === 'week.csv' ? 'tea: 21' : 'coffee: 8142861')
