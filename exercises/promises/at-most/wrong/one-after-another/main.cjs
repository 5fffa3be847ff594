// loses: two at a time
// loses: more places than people
// loses: somebody falls ill
// loses: another workshop
// loses: somebody falls ill later
// says: `bob begins (1 at work)` should not be printed
exports.atMost = async (limit, names, work) => {
  const results = []
  for (const name of names) results.push(await work(name))
  return results
}
