// loses: the source fails
// loses: the press fails
// says: `press destroyed: false` was printed where `press destroyed: true` is expected
// says: `source destroyed: false` was printed where `source destroyed: true` is expected
import { Transform } from 'node:stream'

export function publish(source, press) {
  const loud = new Transform({
    objectMode: true,
    transform(word, encoding, done) {
      done(null, word.toUpperCase())
    },
  })
  return new Promise((resolve, reject) => {
    source.on('error', reject)
    press.on('error', reject)
    press.on('finish', resolve)
    source.pipe(loud).pipe(press)
  })
}
