// Loads the same menu as main, and asks it for prices after the current folder has changed.
import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'

// The student's own ending first: files of the other module system may lie beside them.
const file = [extname(process.env.TICKMARK_ENTRY), '.mjs', '.cjs', '.js']
  .map((ending) => `./menu${ending}`)
  .find((file) => existsSync(file))
if (!file) throw new Error('there is no file menu.cjs, menu.mjs or menu.js beside main')
const loaded = await import(file)
const menu = loaded.default?.price ? loaded.default : loaded
console.log('loaded')

process.chdir('elsewhere')
for (const dish of process.argv.slice(2)) console.log(dish, menu.price(dish))
console.log('still', basename(process.cwd()))
