// loses: burnt toast
// loses: another morning
// loses: a bad morning
// says: Error: the toast is burnt
// says: A promise that is rejected while nobody waits for it ends the program
exports.breakfast = async ({ boil, brew, toast, butter, fry }) => {
  const water = boil()
  const bread = toast()
  const egg = fry()
  const coffee = await brew(await water)
  return [coffee, await butter(await bread), await egg]
}
