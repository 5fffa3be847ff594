// loses: the stone breaks
// loses: another day, another stone
// says: the mill stands still, and your promise waits for ever
// says: A broken mill says `error` and never `drain`
exports.grind = async (sacks, mill) => {
  mill.on('error', (error) => console.error(error))
  for (const sack of sacks) {
    if (!mill.write(`${sack}\n`)) await new Promise((resolve) => mill.once('drain', resolve))
  }
  await new Promise((resolve) => mill.end(resolve))
}
