// Loads club first and renames it between two welcomes.
import { existsSync } from 'node:fs'

async function load(name) {
  const file = [`./${name}.mjs`, `./${name}.cjs`, `./${name}.js`].find((file) =>
    existsSync(new URL(file, import.meta.url)),
  )
  if (!file) throw new Error(`there is no file ${name}.cjs, ${name}.mjs or ${name}.js beside main`)
  const loaded = await import(file)
  return { ...loaded.default, ...loaded }
}

const [title, guest] = process.argv.slice(2)
const { welcome, rename } = await load('club')
console.log(welcome(guest))
rename(title)
console.log(welcome(guest))
const { card } = await load('member')
console.log(card(guest))
