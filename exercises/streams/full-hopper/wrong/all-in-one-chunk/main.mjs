// loses: a hopper that is soon full
// loses: many sacks
// loses: the stone breaks
// loses: other sacks
// loses: another harvest
// loses: another day, another stone
// says: the hopper ran over: 41 bytes were in it, and it takes 8
// says: 202 sacks were open at once
import { once } from 'node:events'

export async function grind(sacks, mill) {
  const text = [...sacks].map((sack) => `${sack}\n`).join('')
  mill.end(text)
  await once(mill, 'finish')
}
