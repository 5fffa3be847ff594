// loses: telegrams in pieces
// loses: the mark and a letter are cut in two
// loses: an empty telegram is one too
// loses: each at once
// loses: the clerk cannot read the last one
// loses: other telegrams
// loses: another day, each at once
// says: Then Node calls `flush`
// says: the end, and nothing came out
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
        done()
      } catch (error) {
        done(error)
      }
    },
  })
}
