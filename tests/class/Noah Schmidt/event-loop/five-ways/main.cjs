const [a, b, c, d, e, f] = process.argv.slice(2)
let ready = false

console.log(a)
setImmediate(() => console.log(b))
setTimeout(() => {
  console.log(c)
  ready = true
}, 0)
Promise.resolve().then(() => console.log(d))
process.nextTick(() => console.log(e))

// wait for the timeout
while (!ready) {}
console.log(f)
