// loses: a hopper that is soon full
// loses: many sacks
// loses: the stone breaks
// loses: other sacks
// loses: another harvest
// loses: another day, another stone
// says: How long that takes nobody knows
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'

export async function grind(sacks, mill) {
  const ground = once(mill, 'finish')
  for (const sack of sacks) {
    mill.write(`${sack}\n`)
    while (mill.writableNeedDrain) await nextTurn()
  }
  mill.end()
  await ground
}
