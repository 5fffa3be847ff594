import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { callbackify } from 'node:util'

async function whole(source, unpacker, path) {
  const part = `${path}.part`
  try {
    await pipeline(source, unpacker, createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

export const store = callbackify(whole)
