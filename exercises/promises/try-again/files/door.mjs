// A door at which you ring. Its only argument says how often; standard input says what happens at each attempt:
// `fail words` and `open words` come after a while, `throw words` comes at once.
import { existsSync, readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'

const folder = new URL('.', import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ??
  ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(new URL(name, folder)))

const times = Number(process.argv[2])
const attempts = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const loaded = await import(entry)
const tryAgain = loaded.tryAgain ?? loaded.default?.tryAgain
if (typeof tryAgain !== 'function') throw new Error('main exports no function tryAgain')

let attempt = 0

function ring() {
  const line = attempts[attempt] ?? 'fail no answer'
  const [what] = line.split(' ')
  const words = line.slice(what.length + 1)
  attempt += 1
  console.log(`attempt ${attempt} begins`)
  if (what === 'throw') throw new Error(words)
  return answer(attempt, what, words)
}

async function answer(number, what, words) {
  await turn()
  console.log(`attempt ${number}: ${words}`)
  if (what === 'fail') throw new Error(words)
  return words
}

try {
  console.log(`inside: ${await tryAgain(times, ring)}`)
} catch (error) {
  console.log(`outside: ${error.message}`)
}
