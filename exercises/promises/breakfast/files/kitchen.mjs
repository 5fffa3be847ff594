// A kitchen: it hands your `breakfast` its functions and says what begins and what is done. Standard input says in which
// order things get ready, such as `boil brew toast butter fry`; with a `!` something fails.
import { existsSync, readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'

const folder = new URL('.', import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ??
  ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(new URL(name, folder)))

const order = readFileSync(0, 'utf8').split(/\s+/).filter(Boolean)
const loaded = await import(entry)
const breakfast = loaded.breakfast ?? loaded.default?.breakfast
if (typeof breakfast !== 'function') throw new Error('main exports no function breakfast')

const gates = new Map()
for (const name of ['boil', 'brew', 'toast', 'butter', 'fry']) {
  const gate = {}
  gate.opened = new Promise((resolve) => {
    gate.open = resolve
  })
  gates.set(name, gate)
}

async function ready(name, thing) {
  console.log(`${name} begins`)
  if ((await gates.get(name).opened) === 'burnt') {
    console.log(`${name} fails`)
    throw new Error(`the ${thing} is burnt`)
  }
  console.log(`${name} is done`)
  return thing
}

function needs(name, thing, given) {
  if (given === thing) return
  const got = typeof given?.then === 'function' ? 'a promise' : String(given)
  throw new Error(`${name} needs ${thing} and got ${got}`)
}

const kitchen = {
  boil: () => ready('boil', 'water'),
  brew: async (water) => {
    needs('brew', 'water', water)
    return ready('brew', 'coffee')
  },
  toast: () => ready('toast', 'toast'),
  butter: async (toast) => {
    needs('butter', 'toast', toast)
    return ready('butter', 'buttered toast')
  },
  fry: () => ready('fry', 'egg'),
}

let failed = false
breakfast(kitchen).then(
  (things) => console.log(`served: ${things.join(', ')}`),
  (error) => {
    failed = true
    console.log(`no breakfast: ${error.message}`)
  },
)

for (const name of order) {
  for (let turns = 0; turns < 5; turns += 1) await turn()
  if (failed) break
  gates.get(name.replace('!', '')).open(name.endsWith('!') ? 'burnt' : 'done')
}
