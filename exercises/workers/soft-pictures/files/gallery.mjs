// A gallery with pictures for your `soften`: those of standard input, drawn in digits from 0 (black) to 9 (white), or with
// `big` one that is too big to show. It tells what has become of the pixels that it sent.
import { existsSync, readFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

/** As in a PGM file the pixels lie behind a header, in the same memory. */
function picture(width, height, rounds, pixel) {
  const header = Buffer.from(`P5 ${width} ${height} 255\n`)
  const file = new Uint8Array(header.length + width * height)
  file.set(header)
  const pixels = file.subarray(header.length)
  for (let at = 0; at < pixels.length; at++) pixels[at] = pixel(at)
  return { width, height, rounds, pixels }
}

function drawn(text) {
  const rows = text.split('\n').filter(Boolean)
  const digits = rows.join('')
  const image = picture(rows[0].length, rows.length, 1, (at) => Number(digits[at] ?? 0) * 28)
  image.pixels = image.pixels.subarray(0, digits.length)
  return image
}

function big(seed) {
  let state = seed
  return picture(600, 400, 40, () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24)
}

function show({ pixels, width, height }) {
  if (pixels.length === 0) return 'a softened picture without pixels'
  if (pixels.length > 1000) {
    let mark = 0
    for (const value of pixels) mark = (Math.imul(mark, 31) + value) >>> 0
    return `${width} x ${height}, marked ${mark.toString(16)}`
  }
  const digits = Array.from(pixels, (value) => Math.round(value / 28)).join('')
  return Array.from({ length: height }, (_, row) => digits.slice(row * width, (row + 1) * width)).join('\n')
}

const [way, seed] = process.argv.slice(2)
const images = way === 'big' ? [big(Number(seed))] : readFileSync(0, 'utf8').split('\n\n').map(drawn)

const loaded = await import(entry)
const soften = loaded.soften ?? loaded.default?.soften
if (typeof soften !== 'function') throw new Error('main exports no function soften')

const softened = await Promise.allSettled(images.map((image) => soften(image)))
softened.forEach(({ value, reason }, which) => {
  console.log(value ? show(value) : `failed: ${reason.message}`)
  console.log(`sent away, ${images[which].pixels.length} pixels are left here`)
})
