// loses: the unpacker fails
// loses: the source fails
// loses: the file cannot be written
// loses: another seal
// loses: another bag
// says: an error ended it that nothing caught
// says: Error: the seal is broken
// says: each has errors of its own, and `pipe` passes on none of them
import { createWriteStream, rename } from 'node:fs'

export function store(source, unpacker, path, done) {
  const file = createWriteStream(`${path}.part`)
  source.pipe(unpacker).pipe(file)
  file.on('finish', () => rename(`${path}.part`, path, done))
}
