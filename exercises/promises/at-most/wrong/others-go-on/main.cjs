// loses: somebody falls ill
// loses: somebody falls ill later
// says: it stops nobody: the other places must learn that it is over
exports.atMost = async (limit, names, work) => {
  const results = []
  let next = 0

  async function place() {
    while (next < names.length) {
      const index = next
      next += 1
      results[index] = await work(names[index])
    }
  }

  await Promise.all(Array.from({ length: limit }, place))
  return results
}
