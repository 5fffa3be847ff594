function longest(text) {
  let found = ''
  for (const word of text.split(' ')) if (word.length > found.length) found = word
  return found
}

exports.longest = longest

if (require.main === module) {
  for (const text of process.argv.slice(2)) console.log(longest(text))
}
