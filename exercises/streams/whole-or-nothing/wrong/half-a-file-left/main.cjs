// loses: the unpacker fails
// loses: the source fails
// loses: another seal
// loses: another bag
// says: letters.txt.part:
// says: remove that one if it never got whole
const fs = require('node:fs')
const { pipeline } = require('node:stream')

exports.store = (source, unpacker, path, done) => {
  const part = `${path}.part`
  pipeline(source, unpacker, fs.createWriteStream(part), (error) => {
    if (error) done(error)
    else fs.rename(part, path, done)
  })
}
