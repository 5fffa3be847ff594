const [first, second, third, fourth, fifth, sixth] = process.argv.slice(2)

console.log(first)
setImmediate(() => console.log(second))
setTimeout(() => console.log(third), 0)
Promise.resolve().then(() => console.log(fourth))
process.nextTick(() => console.log(fifth))
console.log(sixth)
