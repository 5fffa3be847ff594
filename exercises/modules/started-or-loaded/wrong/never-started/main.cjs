// loses: started, it answers for every argument
// loses: other words
// says: it printed nothing

function longest(text) {
  let found = ''
  for (const word of text.split(' ')) if (word.length > found.length) found = word
  return found
}

exports.longest = longest
