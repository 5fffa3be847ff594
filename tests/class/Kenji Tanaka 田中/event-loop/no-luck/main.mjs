import { readFile } from 'node:fs/promises'

const [file, ...jobs] = process.argv.slice(2)

console.log('start')
const content = await readFile(file)
console.log(`${file}: ${content.length} bytes`)
setTimeout(() => console.log('timeout'), 0)
for (const job of jobs) {
  setImmediate(() => {
    console.log(job)
    Promise.resolve().then(() => console.log(`${job} done`))
  })
}
