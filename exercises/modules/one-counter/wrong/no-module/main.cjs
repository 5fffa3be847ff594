// loses: a third door uses your counter
// loses: other visitors
// says: Error: there is no file counter.cjs, counter.mjs or counter.js beside main

console.log('counter ready')

let visitors = 0

for (const name of process.argv.slice(2)) {
  visitors += 1
  console.log(name, visitors)
}
