// loses: a hopper that is soon full
// loses: many sacks
// loses: the stone breaks
// loses: other sacks
// loses: another harvest
// loses: another day, another stone
// says: the hopper ran over
// says: How long that takes nobody knows
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

export async function grind(sacks, mill) {
  const ground = once(mill, 'finish')
  ground.catch(() => {})
  for (const sack of sacks) {
    if (!mill.write(`${sack}\n`)) await wait(1)
  }
  mill.end()
  await ground
}
