// loses: the mark and a letter are cut in two
// loses: other telegrams
// says: decode with something that remembers half a letter
import { Transform } from 'node:stream'

export function telegrams(clerk) {
  let rest = ''
  return new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      const texts = (rest + chunk).split('++')
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
        done(null, clerk(rest))
      } catch (error) {
        done(error)
      }
    },
  })
}
