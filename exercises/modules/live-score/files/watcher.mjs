// Plays the match that main is given, then watches the score through the board itself.
import { existsSync } from 'node:fs'

const file = ['./board.mjs', './board.cjs', './board.js'].find((name) =>
  existsSync(new URL(name, import.meta.url)),
)
if (!file) throw new Error('there is no file board.cjs, board.mjs or board.js beside main')

await import(process.env.TICKMARK_ENTRY)

// Of a CommonJS module the default export is its `module.exports`: what `require` gives.
const loaded = await import(file)
const board = file.endsWith('.mjs') ? loaded : (loaded.default ?? loaded)

console.log('the watcher sees', board.score)
board.goal()
console.log('the watcher sees', board.score)
