const woerter = process.argv.slice(2)

console.log(woerter[0])
setImmediate(() => console.log(woerter[1]))
setTimeout(() => console.log(woerter[2]), 0)
Promise.resolve().then(() => console.log(woerter[3]))
process.nextTick(() => console.log(woerter[4]))
console.log(woerter[5])
