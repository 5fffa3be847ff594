const [a, b, c, d, e, f] = process.argv.slice(2)
process.exitCode = 3
console.log(a)
setImmediate(() => console.log(b))
setTimeout(() => console.log(c), 50)
Promise.resolve().then(() => console.log(d))
process.nextTick(() => console.log(e))
console.log(f)
