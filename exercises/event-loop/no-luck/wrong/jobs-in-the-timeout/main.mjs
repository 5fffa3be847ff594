// loses: the immediates, then the timeout
// loses: also on a slow computer
// loses: another file and other names
// says: `timeout` must come after
// says: inside an I/O callback the check phase comes next
import { readFile } from 'node:fs/promises'

const [file, ...jobs] = process.argv.slice(2)

console.log('start')
const content = await readFile(file)
console.log(`${file}: ${content.length} bytes`)
setTimeout(() => {
  console.log('timeout')
  for (const job of jobs) {
    setImmediate(() => {
      console.log(job)
      Promise.resolve().then(() => console.log(`${job} done`))
    })
  }
}, 0)
