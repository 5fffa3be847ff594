// Loads the menu first, then runs main: what has run already does not run again.
import { existsSync } from 'node:fs'

const file = ['./menu.mjs', './menu.cjs', './menu.js'].find((name) =>
  existsSync(new URL(name, import.meta.url)),
)
if (!file) throw new Error('there is no file menu.cjs, menu.mjs or menu.js beside main')
await import(file)
console.log('the first guest has the menu')
await import(process.env.TICKMARK_ENTRY)
