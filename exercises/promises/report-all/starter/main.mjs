import { readFile } from 'node:fs/promises'

const names = process.argv.slice(2)
console.log(`${names.length} names`)

// A file's text is await readFile(name, 'utf8'); the code of an error is error.code.
