import { createWriteStream } from 'node:fs'

export function store(source, unpacker, path, done) {
  source.pipe(unpacker).pipe(createWriteStream(path))
  done()
}
