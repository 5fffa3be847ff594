const { createReadStream } = require('node:fs')

const [file, product] = process.argv.slice(2)

async function main() {
  let sold = 0
  let begun = ''
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (begun + chunk).split('\n')
    begun = lines.pop()
    for (const line of lines) {
      const [, what, number] = line.split(',')
      if (what === product) sold += Number(number)
    }
  }
  console.log(`${product}: ${sold}`)
}

main()
