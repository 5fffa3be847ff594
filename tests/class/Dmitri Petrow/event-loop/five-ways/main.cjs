const [first, second, third, fourth, fifth, sixth] = process.argv.slice(2)

console.log(first)
setImmediate(() => console.log(second))
setTimeout(() => console.log(third), 100) // to be on the safe side
process.nextTick(() => console.log(fourth))
Promise.resolve().then(() => console.log(fifth))
console.log(sixth)
