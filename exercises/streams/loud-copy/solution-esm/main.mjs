import { pipeline } from 'node:stream/promises'

async function* loud(words) {
  for await (const word of words) yield word.toUpperCase()
}

export async function publish(source, press) {
  await pipeline(source, loud, press)
}
