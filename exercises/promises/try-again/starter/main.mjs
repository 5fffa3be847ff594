export async function tryAgain(times, work) {
  return 'nobody has rung yet'
}
