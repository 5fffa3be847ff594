// Sends standard input through your `telegrams`, in pieces of each of the sizes that are given. With `live` every
// telegram is a piece, and the next is sent only when something has come out.
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

const input = readFileSync(0)
const loaded = await import(entry)
const telegrams = loaded.telegrams ?? loaded.default?.telegrams
if (typeof telegrams !== 'function') throw new Error('main exports no function telegrams')

function clerk(text) {
  if (text.includes('?')) throw new Error(`cannot read ${text}`)
  return text.toLowerCase()
}

function show(text) {
  return typeof text === 'string' ? JSON.stringify(text) : `no text, but ${Object.prototype.toString.call(text)}`
}

async function inPieces(size) {
  console.log(`pieces of ${size}:`)
  const came = []
  const pieces = []
  for (let at = 0; at < input.length; at += size) pieces.push(input.subarray(at, at + size))
  const line = telegrams(clerk)
  const ended = once(line, 'end')
  ended.catch(() => {})
  line.on('data', (text) => came.push(show(text)))
  try {
    for (const piece of pieces) {
      if (!(await Promise.race([taken(line, piece), ended]))) break
    }
    if (!line.destroyed) line.end()
    await ended
    for (const text of came) console.log(text)
  } catch (error) {
    console.log(`failed: ${error.message}`)
  }
}

function taken(line, piece) {
  return new Promise((resolve, reject) => {
    try {
      line.write(piece, (error) => resolve(!error))
    } catch (error) {
      reject(new Error(`write() threw: ${error.message}`))
    }
  })
}

async function live() {
  const line = telegrams(clerk)
  const came = []
  let heard = () => {}
  let waiting
  line.on('data', (text) => {
    came.push(show(text))
    heard()
  })
  process.on('exit', () => {
    if (waiting) console.log(waiting)
  })

  async function next() {
    while (came.length === 0) await new Promise((resolve) => (heard = resolve))
    return came.shift()
  }

  const whole = input.toString().split('++')
  const rest = whole.pop()
  for (const text of whole) {
    waiting = `${text}++ went in, and nothing came out`
    line.write(Buffer.from(`${text}++`))
    console.log(`${text}++ went in, ${await next()} came out`)
  }
  if (rest) {
    line.write(Buffer.from(rest))
    console.log(`${rest} went in`)
  }
  waiting = 'the end, and nothing came out'
  const ended = once(line, 'end')
  line.end()
  console.log(`the end, ${await next()} came out`)
  waiting = 'the stream has not ended'
  await ended
  waiting = undefined
  console.log('the stream has ended')
}

const sizes = process.argv.slice(2)
if (sizes[0] === 'live') live()
else for (const size of sizes) await inPieces(Number(size))
