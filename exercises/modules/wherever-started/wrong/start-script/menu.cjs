const fs = require('node:fs')
const path = require('node:path')

exports.price = (dish) => {
  const folder = path.dirname(process.argv[1])
  const text = fs.readFileSync(path.join(folder, 'menu.txt'), 'utf8')
  const line = text.split('\n').find((line) => line.startsWith(`${dish} `))
  return line.split(' ')[1]
}
