// loses: the unpacker fails
// loses: the source fails
// loses: the file cannot be written
// loses: another seal
// loses: another bag
// says: `done was called
const fs = require('node:fs')
const { pipeline } = require('node:stream')

exports.store = (source, unpacker, path, done) => {
  const part = `${path}.part`
  const file = fs.createWriteStream(part)
  for (const stream of [source, unpacker, file]) stream.on('error', done)
  pipeline(source, unpacker, file, (error) => {
    if (error) fs.rm(part, { force: true }, () => done(error))
    else fs.rename(part, path, done)
  })
}
