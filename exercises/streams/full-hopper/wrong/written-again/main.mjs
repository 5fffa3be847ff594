// loses: a hopper that is soon full
// loses: many sacks
// loses: other sacks
// loses: another harvest
// says: what you gave it is in the hopper
import { once } from 'node:events'

export async function grind(sacks, mill) {
  for (const sack of sacks) {
    if (!mill.write(`${sack}\n`)) {
      await once(mill, 'drain')
      mill.write(`${sack}\n`)
    }
  }
  mill.end()
  await once(mill, 'finish')
}
