// loses: the unpacker fails
// loses: the source fails
// loses: the file cannot be written
// loses: another seal
// loses: another bag
// says: still open: the file, the source
// says: still open: the file, the unpacker
// says: if it is not destroyed
const fs = require('node:fs')

exports.store = (source, unpacker, path, done) => {
  const part = `${path}.part`
  const file = fs.createWriteStream(part)
  for (const stream of [source, unpacker, file]) {
    stream.on('error', (error) => fs.rm(part, { force: true }, () => done(error)))
  }
  source.pipe(unpacker).pipe(file)
  file.on('finish', () => fs.rename(part, path, done))
}
