// loses: what needs nothing begins at once
// loses: what needs something begins as soon as that is there
// loses: burnt toast
// loses: another morning
// loses: a bad morning
// says: the egg needs nothing that is boiled: it is begun at once
// says: without an `await` between the calls
export async function breakfast({ boil, brew, toast, butter, fry }) {
  const water = await boil()
  const coffee = await brew(water)
  const bread = await butter(await toast())
  const egg = await fry()
  return [coffee, bread, egg]
}
