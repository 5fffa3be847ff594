import { Transform } from 'node:stream'

export function telegrams(clerk) {
  return new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      for (const text of chunk.toString().split('++')) this.push(clerk(text))
      done()
    },
  })
}
