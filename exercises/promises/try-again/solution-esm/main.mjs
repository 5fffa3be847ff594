export async function tryAgain(times, work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === times) throw error
    }
  }
}
