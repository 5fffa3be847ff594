// loses: the mark and a letter are cut in two
// loses: other telegrams
// loses: other failures
// says: Look for the mark where old and new stand together
const { Transform } = require('node:stream')
const { StringDecoder } = require('node:string_decoder')

exports.telegrams = (clerk) => {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      const [first, ...others] = decoder.write(chunk).split('++')
      rest += first
      try {
        for (const text of others) {
          this.push(clerk(rest))
          rest = text
        }
        done()
      } catch (error) {
        done(error)
      }
    },
    flush(done) {
      try {
        done(null, clerk(rest))
      } catch (error) {
        done(error)
      }
    },
  })
}
