export async function grind(sacks, mill) {
  for (const sack of sacks) mill.write(sack)
  mill.end()
}
