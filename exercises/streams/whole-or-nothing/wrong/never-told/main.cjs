// loses: the unpacker fails
// loses: the source fails
// loses: the file cannot be written
// loses: another seal
// loses: another bag
// says: nobody ever called done
const fs = require('node:fs')
const { pipeline } = require('node:stream')

exports.store = (source, unpacker, path, done) => {
  const part = `${path}.part`
  pipeline(source, unpacker, fs.createWriteStream(part), (error) => {
    if (error) fs.rm(part, { force: true }, () => {})
    else fs.rename(part, path, done)
  })
}
