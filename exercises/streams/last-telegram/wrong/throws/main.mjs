// loses: the clerk cannot read it
// loses: other failures
// says: failed: write() threw: cannot read M?NEY
// says: hits whoever writes the chunk
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
      for (const text of texts) this.push(clerk(text))
      done()
    },
    flush(done) {
      this.push(clerk(rest))
      done()
    },
  })
}
