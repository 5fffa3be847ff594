import { pathToFileURL } from 'node:url'

export function longest(text) {
  let found = ''
  for (const word of text.split(' ')) if (word.length > found.length) found = word
  return found
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const text of process.argv.slice(2)) console.log(longest(text))
}
