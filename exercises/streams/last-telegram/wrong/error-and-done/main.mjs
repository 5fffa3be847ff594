// loses: the clerk cannot read it
// loses: other failures
// says: and is called once
import { Transform } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

export function telegrams(clerk) {
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
        done(error)
      }
      done()
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
