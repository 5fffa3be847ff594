// A slow press for your `publish`, and sources of words: those of standard input, or as many as it says.
import { existsSync, readFileSync } from 'node:fs'
import { Readable, Writable } from 'node:stream'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

const [way, message] = process.argv.slice(2)
const input = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const words = way === 'many' ? Array.from({ length: Number(input[0]) }, (_, n) => `word ${n}`) : input

let made = 0
let printed = 0
let ahead = 0

const source = new Readable({
  objectMode: true,
  highWaterMark: 4,
  read() {
    if (made < words.length) {
      this.push(words[made])
      made += 1
      ahead = Math.max(ahead, made - printed)
    } else if (way === 'source-fails') {
      this.destroy(new Error(message))
    } else if (way !== 'press-fails') {
      this.push(null)
    }
  },
})

const press = new Writable({
  objectMode: true,
  highWaterMark: 4,
  write(word, encoding, done) {
    setImmediate(() => {
      if (way === 'press-fails') return done(new Error(message))
      printed += 1
      if (way === 'words') console.log(`printed ${word}`)
      done()
    })
  },
})

const loaded = await import(entry)
const publish = loaded.publish ?? loaded.default?.publish
if (typeof publish !== 'function') throw new Error('main exports no function publish')

function report(end) {
  if (way === 'many') console.log(ahead <= 60 ? 'the source waited for the press' : `the source was ${ahead} words ahead`)
  console.log(way === 'many' ? `${end}: ${printed} words were printed` : end)
}

process.on('exit', () => {
  if (!way.endsWith('-fails')) return
  console.log(`source destroyed: ${source.destroyed}`)
  console.log(`press destroyed: ${press.destroyed}`)
})

try {
  await publish(source, press)
  report('done')
} catch (error) {
  report(`failed: ${error.message}`)
}
