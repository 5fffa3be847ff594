// loses: the unpacker fails
// loses: the source fails
// loses: the file cannot be written
// loses: another seal
// loses: another bag
// says: still open: the source
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { callbackify } from 'node:util'

async function whole(source, unpacker, path) {
  const part = `${path}.part`
  try {
    await pipeline(source.pipe(unpacker), createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

export const store = callbackify(whole)
