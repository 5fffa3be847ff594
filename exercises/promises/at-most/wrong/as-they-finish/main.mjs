// loses: two at a time
// loses: more places than people
// loses: another workshop
// says: `results: ADA BOB CLEO DORA`
export async function atMost(limit, names, work) {
  const results = []
  const left = [...names]

  async function place() {
    while (left.length > 0) {
      try {
        results.push(await work(left.shift()))
      } catch (error) {
        left.length = 0
        throw error
      }
    }
  }

  await Promise.all(Array.from({ length: limit }, place))
  return results
}
