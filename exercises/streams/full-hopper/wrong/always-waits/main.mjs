// loses: a hopper that never gets full
// loses: a hopper that is soon full
// loses: many sacks
// loses: the stone breaks
// loses: other sacks
// loses: another harvest
// says: the mill stands still, and your promise waits for ever
// says: `drain` comes only if some `write()` has answered false before
import { once } from 'node:events'

export async function grind(sacks, mill) {
  for (const sack of sacks) {
    mill.write(`${sack}\n`)
    await once(mill, 'drain')
  }
  mill.end()
  await once(mill, 'finish')
}
