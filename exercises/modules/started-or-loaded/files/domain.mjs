// Uses the program's function for a sentence of its own.
const { longest } = await import(process.env.TICKMARK_ENTRY)

for (const text of process.argv.slice(2)) {
  const word = longest(text)
  console.log(`the longest word is ${word}, with ${word.length} letters`)
}
