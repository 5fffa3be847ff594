const slova = process.argv.slice(2)

console.log(slova[0])
setImmediate(() => console.log(slova[1]))
setTimeout(() => console.log(slova[2]), 0)
Promise.resolve().then(() => console.log(slova[3]))
process.nextTick(() => console.log(slova[4]))
console.log(slova[5])
