// works on my laptop
const fs = require('fs')

const [file, ...jobs] = process.argv.slice(2)

console.log('start')
console.log(`${file}: ${fs.readFileSync(file).length} bytes`)
setTimeout(() => console.log('timeout'), 0)
for (const job of jobs) {
  setImmediate(() => {
    console.log(job)
    Promise.resolve().then(() => console.log(`${job} done`))
  })
}
