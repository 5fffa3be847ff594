// loses: what needs something begins as soon as that is there
// loses: another morning
// loses: a bad morning
// says: Make an async function of each pair
export async function breakfast({ boil, brew, toast, butter, fry }) {
  const [water, bread, egg] = await Promise.all([boil(), toast(), fry()])
  const [coffee, buttered] = await Promise.all([brew(water), butter(bread)])
  return [coffee, buttered, egg]
}
