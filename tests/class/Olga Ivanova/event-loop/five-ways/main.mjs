const [a, b, c, d, e, f] = process.argv.slice(2)

// so that the program does not end too early
setInterval(() => {}, 1000)

console.log(a)
setImmediate(() => console.log(b))
setTimeout(() => console.log(c), 50)
Promise.resolve().then(() => console.log(d))
process.nextTick(() => console.log(e))
console.log(f)
