// loses: then the two queues, then the loop
// loses: other words
// says: the nextTick queue, then the microtask queue
const [first, second, third, fourth, fifth, sixth] = process.argv.slice(2)

console.log(first)
setTimeout(() => console.log(second), 0)
setTimeout(() => console.log(third), 0)
setTimeout(() => console.log(fourth), 0)
setTimeout(() => console.log(fifth), 0)
console.log(sixth)
