import { readFile, stat } from 'node:fs/promises'

export async function linesOf(name) {
  console.log(`start ${name}`)
  const { size } = await stat(name)
  console.log(`${name}: ${size} bytes`)
  const n = (await readFile(name, 'utf8')).split('\n').length - 1
  console.log(`${name}: ${n} lines`)
  return n
}
