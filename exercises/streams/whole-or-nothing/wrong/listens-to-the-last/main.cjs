// loses: the unpacker fails
// loses: the source fails
// loses: the file cannot be written
// loses: another seal
// loses: another bag
// says: an error ended it that nothing caught
// says: still open: the unpacker
const fs = require('node:fs')

exports.store = (source, unpacker, path, done) => {
  const part = `${path}.part`
  source
    .pipe(unpacker)
    .pipe(fs.createWriteStream(part))
    .on('error', (error) => fs.rm(part, { force: true }, () => done(error)))
    .on('finish', () => fs.rename(part, path, done))
}
