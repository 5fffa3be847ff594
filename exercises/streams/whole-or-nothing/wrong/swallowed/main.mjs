// loses: the unpacker fails
// loses: the source fails
// loses: the file cannot be written
// loses: another seal
// loses: another bag
// says: `failed: the seal is broken` is missing
// says: `done` should not be printed
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

export async function store(source, unpacker, path, done) {
  const part = `${path}.part`
  try {
    await pipeline(source, unpacker, createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    console.error(error)
    await rm(part, { force: true })
  }
  done()
}
