// loses: each at once
// loses: another day, each at once
// says: `ONE++ went in, and nothing came out`
// says: nobody should wait for the rest of the day
const { Transform } = require('node:stream')

exports.telegrams = (clerk) => {
  const chunks = []
  return new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      chunks.push(chunk)
      done()
    },
    flush(done) {
      try {
        for (const text of Buffer.concat(chunks).toString().split('++')) this.push(clerk(text))
        done()
      } catch (error) {
        done(error)
      }
    },
  })
}
