// loses: the unpacker fails
// loses: the source fails
// loses: another seal
// loses: another bag
// says: the shelf is empty
// says: write it under another name first
const fs = require('node:fs')
const { pipeline } = require('node:stream')

exports.store = (source, unpacker, path, done) => {
  pipeline(source, unpacker, fs.createWriteStream(path), (error) => {
    if (error) fs.rm(path, { force: true }, () => done(error))
    else done()
  })
}
