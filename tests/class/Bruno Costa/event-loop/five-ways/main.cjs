import process from 'node:process'

const [a, b, c, d, e, f] = process.argv.slice(2)
console.log(a)
setImmediate(() => console.log(b))
setTimeout(() => console.log(c), 0)
Promise.resolve().then(() => console.log(d))
process.nextTick(() => console.log(e))
console.log(f)
