// loses: the letters are stored
// loses: other letters
// says: Giving the file its name takes a moment as well
import { createWriteStream, rename, rm } from 'node:fs'
import { pipeline } from 'node:stream'

export function store(source, unpacker, path, done) {
  const part = `${path}.part`
  pipeline(source, unpacker, createWriteStream(part), (error) => {
    if (error) return rm(part, { force: true }, () => done(error))
    done()
    rename(part, path, () => {})
  })
}
