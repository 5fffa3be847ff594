import { once } from 'node:events'

export async function grind(sacks, mill) {
  for (const sack of sacks) {
    if (!mill.write(`${sack}\n`)) await once(mill, 'drain')
  }
  mill.end()
  await once(mill, 'finish')
}
