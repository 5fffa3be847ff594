// A guest of your till: it orders what standard input says.
import { existsSync, readFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

const [name] = process.argv.slice(2)
const orders = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => line.split(' '))

console.log(`${name} opens the café`)
const loaded = await import(entry)
const Till = loaded.Till ?? loaded.default?.Till
if (typeof Till !== 'function') throw new Error('main exports no class Till')

const till = new Till(name)
for (const [drink, size] of orders) console.log(till.take({ drink, size }))
console.log(till.close())
