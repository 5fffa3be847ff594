// Feeds standard input to your `total`, in chunks of each of the sizes that are given.
import { existsSync, readFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

const [column, ...sizes] = process.argv.slice(2)
const bytes = readFileSync(0)
const loaded = await import(entry)
const total = loaded.total ?? loaded.default?.total
if (typeof total !== 'function') throw new Error('main exports no function total')

async function* inChunks(size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

for (const size of sizes) {
  const { rows, sum } = await total(inChunks(Number(size)), column)
  console.log(`${rows} rows, ${sum} in all`)
}
