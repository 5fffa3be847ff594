const fs = require('node:fs')
const { pipeline } = require('node:stream')

exports.store = (source, unpacker, path, done) => {
  const part = `${path}.part`
  pipeline(source, unpacker, fs.createWriteStream(part), (error) => {
    if (error) fs.rm(part, { force: true }, () => done(error))
    else fs.rename(part, path, done)
  })
}
