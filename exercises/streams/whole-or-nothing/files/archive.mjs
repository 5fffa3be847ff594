// A source of standard input's lines and an unpacker for your `store`, and a shelf on which old letters lie. It tells what
// is on the shelf when `done` is called, and in the end whether something is still open.
import fs, { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Readable, Transform } from 'node:stream'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

const [way, count, message] = process.argv.slice(2)
const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean)

// Who writes files with streams is seen doing it.
const open = {}
const { createWriteStream } = fs
fs.createWriteStream = (...what) => (open['the file'] = createWriteStream(...what))
syncBuiltinESMExports()

let sent = 0
open['the source'] = new Readable({
  read() {
    setImmediate(() => {
      // A file that is still being opened would be one case more, and a matter of luck.
      if (open['the file']?.pending && !open['the file'].destroyed) return this._read()
      if (way === 'source-fails' && sent === Number(count)) this.destroy(new Error(message))
      else if (sent < lines.length) this.push(`${lines[sent]}\n`)
      else if (!way.endsWith('-fails')) this.push(null)
      sent += 1
    })
  },
})

let unpacked = 0
open['the unpacker'] = new Transform({
  transform(chunk, encoding, done) {
    if (way === 'unpacker-fails' && unpacked === Number(count)) return done(new Error(message))
    unpacked += 1
    done(null, chunk.toString().toUpperCase())
  },
})

const shelf = here('shelf/')
rmSync(shelf, { recursive: true, force: true })
mkdirSync(shelf)
if (way !== 'first') writeFileSync(new URL('letters.txt', shelf), 'old letters\n')

function onShelf() {
  const names = readdirSync(shelf).sort()
  if (names.length === 0) return 'the shelf is empty'
  return names.map((name) => `${name}: ${readFileSync(new URL(name, shelf), 'utf8').trim().split('\n').join(' / ')}`).join('\n')
}

const loaded = await import(entry)
const store = loaded.store ?? loaded.default?.store
if (typeof store !== 'function') throw new Error('main exports no function store')

let calls = 0
let seen
function done(error) {
  calls += 1
  if (calls > 1) return
  seen = onShelf()
  console.log(error ? `failed: ${error.code ?? error.message}` : 'done')
  console.log(seen)
}

process.on('exit', (code) => {
  if (code === 1) return
  if (calls === 0) console.log('nobody ever called done')
  if (calls > 1) console.log(`done was called ${calls} times`)
  if (seen !== onShelf()) console.log(`and in the end:\n${onShelf()}`)
  const still = Object.keys(open).filter((name) => !open[name].destroyed).sort()
  console.log(still.length === 0 ? 'nothing is open' : `still open: ${still.join(', ')}`)
})

const folder = way === 'no-shelf' ? 'nowhere' : 'shelf'
store(open['the source'], open['the unpacker'], `${folder}/letters.txt`, done)
