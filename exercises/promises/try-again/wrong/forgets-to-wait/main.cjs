// loses: the third attempt succeeds
// loses: after the last attempt it gives up
// loses: an error that is thrown at once is a failure too
// loses: other doors
// says: `inside: in the kitchen` is missing
exports.tryAgain = async (times, work) => {
  try {
    work().catch(() => exports.tryAgain(times - 1, work))
    return 'somewhere'
  } catch {
    return exports.tryAgain(times - 1, work)
  }
}
