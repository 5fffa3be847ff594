import fs from 'node:fs'
import path from 'node:path'

const file = path.resolve('menu.txt')

export function price(dish) {
  const text = fs.readFileSync(file, 'utf8')
  const line = text.split('\n').find((line) => line.startsWith(`${dish} `))
  return line.split(' ')[1]
}
