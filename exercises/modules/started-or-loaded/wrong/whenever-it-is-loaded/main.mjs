// loses: the arguments are somebody else's
// loses: another program uses it
// says: it prints `not` when it is loaded, and should print nothing
// says: They say nothing about who was started

export function longest(text) {
  let found = ''
  for (const word of text.split(' ')) if (word.length > found.length) found = word
  return found
}

for (const text of process.argv.slice(2)) console.log(longest(text))
