const [first, second, third, fourth, fifth, sixth] = process.argv.slice(2)

console.log(first)
