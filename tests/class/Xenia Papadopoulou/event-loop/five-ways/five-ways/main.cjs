const lexeis = process.argv.slice(2)

console.log(lexeis[0])
setImmediate(() => console.log(lexeis[1]))
setTimeout(() => console.log(lexeis[2]), 0)
Promise.resolve().then(() => console.log(lexeis[3]))
process.nextTick(() => console.log(lexeis[4]))
console.log(lexeis[5])
