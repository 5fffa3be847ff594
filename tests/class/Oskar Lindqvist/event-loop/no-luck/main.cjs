const fs = require('node:fs')

const [file, ...jobs] = process.argv.slice(2)

console.log('start')
fs.readFile(file, (error, content) => {
  if (error) throw error
  console.log(`${file}: ${content.length} bytes`)
  setTimeout(() => console.log('timeout'), 100)
  for (const job of jobs) {
    setImmediate(() => {
      console.log(job)
      setImmediate(() => console.log(`${job} done`))
    })
  }
})
