import { readFile } from 'node:fs/promises'

const names = process.argv.slice(2)

async function lines(name) {
  console.log(`reading ${name}`)
  const text = await readFile(name, 'utf8')
  return text.split('\n').length - 1
}

const outcomes = await Promise.allSettled(names.map(lines))

let failed = 0
outcomes.forEach((outcome, index) => {
  if (outcome.status === 'fulfilled') {
    console.log(`${names[index]}: ${outcome.value} lines`)
  } else {
    failed += 1
    console.log(`${names[index]}: ${outcome.reason.code}`)
  }
})
console.log(`${names.length - failed} read, ${failed} failed`)
process.exitCode = failed > 0 ? 2 : 0
