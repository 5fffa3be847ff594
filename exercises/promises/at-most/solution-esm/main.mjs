export async function atMost(limit, names, work) {
  const results = []
  let next = 0
  let isOver = false

  async function place() {
    while (next < names.length && !isOver) {
      const index = next
      next += 1
      try {
        results[index] = await work(names[index])
      } catch (error) {
        isOver = true
        throw error
      }
    }
  }

  await Promise.all(Array.from({ length: limit }, place))
  return results
}
