// A mill for your `grind`, and the sacks of standard input, or with `many` as many as are wanted.
import { existsSync, readFileSync } from 'node:fs'
import { Writable } from 'node:stream'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

const [hopper, way, count, message] = process.argv.slice(2)
const many = way === 'many'
const names = many
  ? Array.from({ length: Number(count) }, (_, n) => `sack ${n + 1}`)
  : readFileSync(0, 'utf8').split('\n').filter(Boolean)
const room = Number(hopper) + Math.max(...names.map((name) => Buffer.byteLength(name) + 1))

let opened = 0
let openAtOnce = 0
let inHopper = 0
let text = ''
let whole = ''
let ground = 0

function* sacks() {
  for (const name of names) {
    opened += 1
    openAtOnce = Math.max(openAtOnce, opened - ground)
    yield name
  }
}

class Mill extends Writable {
  write(...what) {
    const answer = super.write(...what)
    inHopper = Math.max(inHopper, this.writableLength)
    return answer
  }

  _write(chunk, encoding, done) {
    inHopper = Math.max(inHopper, this.writableLength)
    // This mill has all the time in the world: it grinds on when nobody in the program has anything else to do.
    process.once('beforeExit', () => {
      setImmediate(() => {
        text += chunk
        const lines = text.split('\n')
        text = lines.pop()
        for (const line of lines) {
          whole += `${line}\n`
          ground += 1
          if (!many) console.log(`ground ${line}`)
        }
        if (way === 'breaks' && ground >= Number(count)) done(new Error(message))
        else done()
      })
    })
  }
}

const loaded = await import(entry)
const grind = loaded.grind ?? loaded.default?.grind
if (typeof grind !== 'function') throw new Error('main exports no function grind')

let settled = false

process.on('exit', () => {
  if (!settled) console.log('the mill stands still, and your promise waits for ever')
  if (many) {
    const inOrder = whole + text === names.map((name) => `${name}\n`).join('')
    console.log(`${ground} sacks were ground, ${inOrder ? 'in order' : 'but not each once, in order'}`)
  } else if (text !== '') {
    console.log(`ground ${text}, but no newline`)
  }
  if (inHopper <= room) console.log('the hopper never ran over')
  else console.log(`the hopper ran over: ${inHopper} bytes were in it, and it takes ${hopper}`)
  if (openAtOnce <= Number(hopper) / 2 + 40) console.log('sacks were opened one by one')
  else console.log(`${openAtOnce} sacks were open at once`)
})

grind(sacks(), new Mill({ highWaterMark: Number(hopper) })).then(
  () => settle('done'),
  (error) => settle(`failed: ${error.message}`),
)

function settle(line) {
  settled = true
  console.log(line)
}
