// loses: another program uses it
// says: has a name that ends like yours

export function longest(text) {
  let found = ''
  for (const word of text.split(' ')) if (word.length > found.length) found = word
  return found
}

if (process.argv[1].endsWith('main.mjs')) {
  for (const text of process.argv.slice(2)) console.log(longest(text))
}
