// loses: many sacks
// loses: another harvest
// says: `202 sacks were open at once` was printed where `sacks were opened one by one` is expected
// says: An open sack is in memory as well
import { once } from 'node:events'

export async function grind(sacks, mill) {
  const lines = Array.from(sacks, (sack) => `${sack}\n`)
  while (lines.length > 0) {
    if (!mill.write(lines.shift())) await once(mill, 'drain')
  }
  mill.end()
  await once(mill, 'finish')
}
