export async function breakfast(kitchen) {
  const { boil, brew, toast, butter, fry } = kitchen
  return ['nothing', 'yet']
}
