// loses: the third attempt succeeds
// loses: after the last attempt it gives up
// loses: other doors
// says: A `try` catches the rejection of a promise only where that is awaited inside it
export async function tryAgain(times, work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work()
    } catch (error) {
      if (attempt === times) throw error
    }
  }
}
