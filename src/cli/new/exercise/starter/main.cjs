// To the author: this is what students begin with. It runs, and passes no test.
const [now, later] = process.argv.slice(2)

setTimeout(() => {
  // What is to happen later?
}, 0)
