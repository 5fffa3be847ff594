import { readFile, stat } from 'node:fs/promises'

const names = process.argv.slice(2)

for (const name of names) {
  console.log(`start ${name}`)
}

// A file's size is (await stat(name)).size, its text is await readFile(name, 'utf8').
