// loses: a year
// loses: another year
// says: does it hold everything at once
const { createReadStream } = require('node:fs')

const [file, product] = process.argv.slice(2)
let text = ''
createReadStream(file, 'utf8')
  .on('data', (chunk) => { text += chunk })
  .on('end', () => {
    let sold = 0
    for (const line of text.split('\n')) {
      const [, what, number] = line.split(',')
      if (what === product) sold += Number(number)
    }
    console.log(`${product}: ${sold}`)
  })
