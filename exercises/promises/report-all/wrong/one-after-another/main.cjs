// loses: all are begun, then all are reported
// loses: other files
// says: starting a read holds nothing up
const { readFile } = require('node:fs/promises')

async function main() {
  let failed = 0
  const names = process.argv.slice(2)
  for (const name of names) {
    console.log(`reading ${name}`)
    try {
      const text = await readFile(name, 'utf8')
      console.log(`${name}: ${text.split('\n').length - 1} lines`)
    } catch (error) {
      failed += 1
      console.log(`${name}: ${error.code}`)
    }
  }
  console.log(`${names.length - failed} read, ${failed} failed`)
  process.exitCode = failed > 0 ? 2 : 0
}

main()
