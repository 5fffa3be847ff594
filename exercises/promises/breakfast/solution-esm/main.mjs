export async function breakfast({ boil, brew, toast, butter, fry }) {
  const coffee = async () => brew(await boil())
  const bread = async () => butter(await toast())
  return await Promise.all([coffee(), bread(), fry()])
}
