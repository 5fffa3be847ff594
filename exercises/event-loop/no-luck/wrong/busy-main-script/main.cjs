// loses: the immediates, then the timeout
// loses: also on a slow computer
// loses: another file and other names
// says: inside an I/O callback the check phase comes next
const fs = require('node:fs')

const [file, ...jobs] = process.argv.slice(2)

console.log('start')
const content = fs.readFileSync(file)
console.log(`${file}: ${content.length} bytes`)
setTimeout(() => console.log('timeout'), 0)
for (const job of jobs) {
  setImmediate(() => {
    console.log(job)
    Promise.resolve().then(() => console.log(`${job} done`))
  })
}
const end = Date.now() + 10
while (Date.now() < end);
