// loses: after the last attempt it gives up
// loses: other doors
// says: the error that counts is that of the last one
export async function tryAgain(times, work) {
  let first
  for (let attempt = 1; attempt <= times; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      first ??= error
    }
  }
  throw first
}
