// loses: the file cannot be written
// says: that should hide the first error from nobody
import { createWriteStream } from 'node:fs'
import { rename, unlink } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

export async function store(source, unpacker, path, done) {
  const part = `${path}.part`
  try {
    await pipeline(source, unpacker, createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    await unlink(part)
    return done(error)
  }
  done()
}
