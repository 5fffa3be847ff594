// loses: the third attempt succeeds
// loses: after the last attempt it gives up
// loses: an error that is thrown at once is a failure too
// loses: other doors
// says: a new attempt begins only when the one before it has failed
exports.tryAgain = async (times, work) => {
  try {
    return await Promise.any(Array.from({ length: times }, work))
  } catch (error) {
    throw error.errors?.at(-1) ?? error
  }
}
