// Loads the menu first, then runs main: what has run already does not run again.
import { existsSync } from 'node:fs'
import { extname } from 'node:path'

// The student's own ending first: files of the other module system may lie beside them.
const file = [extname(process.env.TICKMARK_ENTRY), '.mjs', '.cjs', '.js']
  .map((ending) => `./menu${ending}`)
  .find((file) => existsSync(new URL(file, import.meta.url)))
if (!file) throw new Error('there is no file menu.cjs, menu.mjs or menu.js beside main')
await import(file)
console.log('the first guest has the menu')
await import(process.env.TICKMARK_ENTRY)
