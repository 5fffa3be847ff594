import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
const folder = await mkdtemp(join(tmpdir(), 'x-'))
await writeFile(join(folder, 'file'), 'text')
console.log(await readFile(join(folder, 'file'), 'utf8'))
await rm(folder, { recursive: true })
