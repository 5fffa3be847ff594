// Moves everything but the test's own files to a folder with a space in its name, and starts main there.
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'

const ours = ['elsewhere', 'from-elsewhere.mjs', 'later.mjs', 'moved.mjs', 'open air']

mkdirSync('open air')
for (const name of readdirSync('.')) {
  if (!ours.includes(name)) renameSync(name, join('open air', name))
}

process.chdir('elsewhere')
await import(new URL(`open air/${process.env.TICKMARK_ENTRY}`, import.meta.url))
