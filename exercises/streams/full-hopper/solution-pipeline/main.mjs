import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

function* lines(sacks) {
  for (const sack of sacks) yield `${sack}\n`
}

export async function grind(sacks, mill) {
  await pipeline(Readable.from(lines(sacks)), mill)
}
