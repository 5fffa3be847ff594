const fs = require('node:fs')
const path = require('node:path')

exports.price = (dish) => {
  const text = fs.readFileSync(path.join(__dirname, 'menu.txt'), 'utf8')
  const line = text.split('\n').find((line) => line.startsWith(`${dish} `))
  return line.split(' ')[1]
}
