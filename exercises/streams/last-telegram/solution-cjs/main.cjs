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
      } catch (error) {
        return done(error)
      }
      done()
    },
    flush(done) {
      try {
        this.push(clerk(rest + decoder.end()))
      } catch (error) {
        return done(error)
      }
      done()
    },
  })
}
