// loses: the main script runs to its end first
// loses: then the two queues, then the loop
// loses: other words
// says: TypeError [ERR_INVALID_ARG_TYPE]: The "callback" argument must be of type function. Received undefined
// says: Hand each function over without calling it
const [first, second, third, fourth, fifth, sixth] = process.argv.slice(2)

console.log(first)
setImmediate(console.log(second))
setTimeout(console.log(third), 0)
Promise.resolve().then(console.log(fourth))
process.nextTick(console.log(fifth))
console.log(sixth)
