// loses: after the last attempt it gives up
// loses: other doors
// says: `times` counts all attempts, the first one too
export async function tryAgain(times, work) {
  for (let left = times; left > 0; left -= 1) {
    try {
      return await work()
    } catch {
      // the next attempt may succeed
    }
  }
  return work()
}
