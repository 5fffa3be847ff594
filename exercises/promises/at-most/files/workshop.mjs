// A workshop with a few places: it hands your `atMost` the names and says who is at work. There are no clocks in it:
// standard input says how many places there are, who is to work, and in which order they are done; with a `!` one falls ill.
import { existsSync, readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'

const folder = new URL('.', import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ??
  ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(new URL(name, folder)))

const told = new Map()
for (const line of readFileSync(0, 'utf8').split('\n')) {
  const [key, ...words] = line.split(/\s+/).filter(Boolean)
  told.set(key, words)
}
const limit = Number(told.get('limit')[0])
const loaded = await import(entry)
const atMost = loaded.atMost ?? loaded.default?.atMost
if (typeof atMost !== 'function') throw new Error('main exports no function atMost')

const gates = new Map()
for (const name of told.get('work')) {
  const gate = {}
  gate.opened = new Promise((resolve) => {
    gate.open = resolve
  })
  gates.set(name, gate)
}

let atWork = 0

async function work(name) {
  const gate = gates.get(name)
  if (!gate) throw new Error(`there is nobody called ${name}`)
  atWork += 1
  console.log(`${name} begins (${atWork} at work)`)
  const isIll = await gate.opened
  atWork -= 1
  console.log(`${name} ${isIll ? 'fails' : 'ends'}`)
  if (isIll) throw new Error(`${name} is ill`)
  return name.toUpperCase()
}

atMost(limit, told.get('work'), work).then(
  (results) => console.log(`results: ${results.join(' ')}`),
  (error) => console.log(`stopped: ${error.message}`),
)

for (const word of told.get('ends')) {
  for (let turns = 0; turns < 5; turns += 1) await turn()
  gates.get(word.replace('!', '')).open(word.endsWith('!'))
}
