// Looks at your files: do they hold types, and does main export what is in till.ts?
import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

function look(name) {
  if (!existsSync(here(name))) return 'is not there'
  const source = readFileSync(here(name), 'utf8')
  try {
    return stripTypeScriptTypes(source) === source ? 'has no types' : 'has types'
  } catch (error) {
    return `has what cannot only be left out: ${error.message.trim().split('\n').at(-1)}`
  }
}

for (const name of ['order.ts', 'prices.ts', 'till.ts']) console.log(`${name} ${look(name)}`)

const loaded = await import(entry)
const { Till } = await import('./till.ts')
console.log(Till && Till === (loaded.Till ?? loaded.default?.Till) ? 'main gives the Till of till.ts' : 'main gives another Till')
