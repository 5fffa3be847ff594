// loses: all are begun, then all are reported
// loses: other files
// says: `lost.txt: ENOENT`
const { readFile } = require('node:fs/promises')

async function main() {
  const names = process.argv.slice(2)
  const outcomes = await Promise.allSettled(
    names.map((name) => {
      console.log(`reading ${name}`)
      return readFile(name, 'utf8')
    }),
  )
  const texts = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  texts.forEach((outcome, index) => {
    console.log(`${names[index]}: ${outcome.value.split('\n').length - 1} lines`)
  })
  console.log(`${texts.length} read, ${names.length - texts.length} failed`)
  process.exitCode = texts.length < names.length ? 2 : 0
}

main()
