exports.tryAgain = (times, work) => {
  const attempt = new Promise((resolve) => resolve(work()))
  if (times === 1) return attempt
  return attempt.catch(() => exports.tryAgain(times - 1, work))
}
