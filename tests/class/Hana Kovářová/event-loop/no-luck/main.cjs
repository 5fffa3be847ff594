const { readFile } = require('node:fs')

const [soubor, ...jobs] = process.argv.slice(2)

console.log('start')
readFile(soubor, (err, data) => {
  if (err) throw err
  console.log(`${soubor}: ${data.length} bytes`)
  setTimeout(() => console.log('timeout'), 0)
  jobs.forEach((job) =>
    setImmediate(async () => {
      console.log(job)
      await null
      console.log(`${job} done`)
    }),
  )
})
