// loses: also on a slow computer
// says: inside an I/O callback the check phase comes next
// says: A longer delay does not help; another place does
const fs = require('node:fs')

const [file, ...jobs] = process.argv.slice(2)

console.log('start')
const content = fs.readFileSync(file)
console.log(`${file}: ${content.length} bytes`)
setTimeout(() => console.log('timeout'), 400)
for (const job of jobs) {
  setImmediate(() => {
    console.log(job)
    Promise.resolve().then(() => console.log(`${job} done`))
  })
}
