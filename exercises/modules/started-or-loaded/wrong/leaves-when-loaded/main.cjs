// loses: loaded, it gives its function and does nothing
// loses: the arguments are somebody else's
// loses: another program uses it
// says: it ended before it was loaded: does it call `process.exit`

function longest(text) {
  let found = ''
  for (const word of text.split(' ')) if (word.length > found.length) found = word
  return found
}

exports.longest = longest

if (require.main !== module) process.exit(0)
for (const text of process.argv.slice(2)) console.log(longest(text))
