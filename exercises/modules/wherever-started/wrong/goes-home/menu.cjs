const fs = require('node:fs')

process.chdir(__dirname)

exports.price = (dish) => {
  const text = fs.readFileSync('menu.txt', 'utf8')
  const line = text.split('\n').find((line) => line.startsWith(`${dish} `))
  return line.split(' ')[1]
}
