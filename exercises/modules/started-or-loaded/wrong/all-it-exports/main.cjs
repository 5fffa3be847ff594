// loses: loaded, it gives its function and does nothing
// loses: the arguments are somebody else's
// loses: another program uses it
// says: `import` finds no `longest` in it
// says: TypeError: longest is not a function

function longest(text) {
  let found = ''
  for (const word of text.split(' ')) if (word.length > found.length) found = word
  return found
}

module.exports = longest

if (require.main === module) {
  for (const text of process.argv.slice(2)) console.log(longest(text))
}
