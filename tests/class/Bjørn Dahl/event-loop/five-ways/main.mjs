import { argv, nextTick } from 'node:process'

const [, , a, b, c, d, e, f] = argv

console.log(a)
setImmediate(console.log, b)
setTimeout(console.log, 0, c)
Promise.resolve(d).then(console.log)
nextTick(console.log, e)
console.log(f)
