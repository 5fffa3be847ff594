// loses: a hopper that never gets full
// loses: a hopper that is soon full
// loses: other sacks
// says: rule `finish-after-last`
// says: `done` must come after `ground oats`
import { once } from 'node:events'

export async function grind(sacks, mill) {
  for (const sack of sacks) {
    if (!mill.write(`${sack}\n`)) await once(mill, 'drain')
  }
  mill.end()
}
