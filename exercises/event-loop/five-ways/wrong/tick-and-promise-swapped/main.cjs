// loses: then the two queues, then the loop
// loses: other words
// says: `four` must come after `five`
// says: The fourth word belongs to a promise
const [first, second, third, fourth, fifth, sixth] = process.argv.slice(2)

console.log(first)
setImmediate(() => console.log(second))
setTimeout(() => console.log(third), 0)
process.nextTick(() => console.log(fourth))
queueMicrotask(() => console.log(fifth))
console.log(sixth)
