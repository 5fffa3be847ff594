// Looks which of the board's functions `import` finds by name.
import { existsSync } from 'node:fs'

const file = ['./board.mjs', './board.cjs', './board.js'].find((name) =>
  existsSync(new URL(name, import.meta.url)),
)
if (!file) throw new Error('there is no file board.cjs, board.mjs or board.js beside main')

const board = await import(file)
const found = ['goal', 'reset'].filter((name) => typeof board[name] === 'function')
console.log(`import finds ${found.join(' and ') || 'neither goal nor reset'}`)
