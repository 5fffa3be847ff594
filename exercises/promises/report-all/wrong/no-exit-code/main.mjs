// loses: all are begun, then all are reported
// loses: other files
// says: it should have ended with exit code 2
import { readFile } from 'node:fs/promises'

const names = process.argv.slice(2)

const outcomes = await Promise.allSettled(
  names.map((name) => {
    console.log(`reading ${name}`)
    return readFile(name, 'utf8')
  }),
)
const read = outcomes.filter((outcome) => outcome.status === 'fulfilled').length
outcomes.forEach(({ value, reason }, index) => {
  const report = reason ? reason.code : `${value.split('\n').length - 1} lines`
  console.log(`${names[index]}: ${report}`)
})
console.log(`${read} read, ${names.length - read} failed`)
