// Loads member before club, then uses both.
import { existsSync } from 'node:fs'
import { extname } from 'node:path'

// Finds the file by the student's own ending first: files of the other module system may lie beside it.
// Gives what `require` would give for a CommonJS module, the namespace for an ES module.
async function load(name, wanted) {
  const file = [extname(process.env.TICKMARK_ENTRY), '.mjs', '.cjs', '.js']
    .map((ending) => `./${name}${ending}`)
    .find((file) => existsSync(new URL(file, import.meta.url)))
  if (!file) throw new Error(`there is no file ${name}.cjs, ${name}.mjs or ${name}.js beside main`)
  const loaded = await import(file)
  return loaded.default?.[wanted] ? loaded.default : loaded
}

const [holder, guest] = process.argv.slice(2)
const member = await load('member', 'card')
console.log(member.card(holder))
const club = await load('club', 'welcome')
console.log(club.welcome(guest))
