// loses: the clerk cannot read it
// loses: the clerk cannot read the last one
// loses: other failures
// says: `failed: cannot read M?NEY` is missing
// says: Its callback takes an error as its first argument
const { Transform } = require('node:stream')
const { StringDecoder } = require('node:string_decoder')

exports.telegrams = (clerk) => {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const note = (text, line) => {
    try {
      line.push(clerk(text))
    } catch (error) {
      console.error(error)
    }
  }
  return new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      const texts = (rest + decoder.write(chunk)).split('++')
      rest = texts.pop()
      for (const text of texts) note(text, this)
      done()
    },
    flush(done) {
      note(rest, this)
      done()
    },
  })
}
