// loses: two at a time
// loses: another workshop
// loses: somebody falls ill later
// says: the next one begins as soon as a place is free
export async function atMost(limit, names, work) {
  const results = []
  for (let first = 0; first < names.length; first += limit) {
    const group = names.slice(first, first + limit)
    results.push(...(await Promise.all(group.map((name) => work(name)))))
  }
  return results
}
