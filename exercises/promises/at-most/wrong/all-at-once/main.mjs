// loses: two at a time
// loses: one at a time
// loses: somebody falls ill
// loses: another workshop
// loses: somebody falls ill later
// says: Let as many async functions run side by side as there are places
export async function atMost(limit, names, work) {
  return await Promise.all(names.map((name) => work(name)))
}
