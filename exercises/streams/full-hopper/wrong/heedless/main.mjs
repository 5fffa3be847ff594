// loses: a hopper that is soon full
// loses: many sacks
// loses: the stone breaks
// loses: other sacks
// loses: another harvest
// loses: another day, another stone
// says: the hopper ran over: 41 bytes were in it, and it takes 8
// says: nothing more should follow until `drain`
import { once } from 'node:events'

export async function grind(sacks, mill) {
  for (const sack of sacks) mill.write(`${sack}\n`)
  mill.end()
  await once(mill, 'finish')
}
