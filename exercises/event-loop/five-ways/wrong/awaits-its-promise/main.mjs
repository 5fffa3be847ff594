// loses: the main script runs to its end first
// loses: then the two queues, then the loop
// loses: other words
// says: `four` must come after `six`
// says: running code is never interrupted
const [first, second, third, fourth, fifth, sixth] = process.argv.slice(2)

console.log(first)
setImmediate(() => console.log(second))
setTimeout(() => console.log(third), 0)
await Promise.resolve().then(() => console.log(fourth))
process.nextTick(() => console.log(fifth))
console.log(sixth)
