// loses: the source fails
// loses: the press fails
// says: `failed: the ink is dry` is missing
// says: Whoever called `publish` must hear of it
import { pipeline } from 'node:stream/promises'

async function* loud(words) {
  for await (const word of words) yield word.toUpperCase()
}

export async function publish(source, press) {
  try {
    await pipeline(source, loud, press)
  } catch (error) {
    console.error(error)
  }
}
