// loses: an empty telegram is one too
// loses: another day, each at once
// says: Behind the last `++` stands a telegram as well
// says: `''` is false where a condition is asked for
const { Transform } = require('node:stream')
const { StringDecoder } = require('node:string_decoder')

exports.telegrams = (clerk) => {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      const texts = (rest + decoder.write(chunk)).split('++')
      rest = texts.pop()
      try {
        for (const text of texts) this.push(clerk(text))
        done()
      } catch (error) {
        done(error)
      }
    },
    flush(done) {
      try {
        if (rest) this.push(clerk(rest))
        done()
      } catch (error) {
        done(error)
      }
    },
  })
}
