// Runs main, then loads the same counter as main's doors do.
import { existsSync } from 'node:fs'

await import(process.env.TICKMARK_ENTRY)

const file = ['./counter.mjs', './counter.cjs', './counter.js'].find((name) =>
  existsSync(new URL(name, import.meta.url)),
)
if (!file) throw new Error('there is no file counter.cjs, counter.mjs or counter.js beside main')
const loaded = await import(file)
const { next } = { ...loaded.default, ...loaded }
console.log(`side ${next()}`)
