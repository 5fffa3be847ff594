import fs from 'node:fs'

export function price(dish) {
  const text = fs.readFileSync(new URL('menu.txt', import.meta.url), 'utf8')
  const line = text.split('\n').find((line) => line.startsWith(`${dish} `))
  return line.split(' ')[1]
}
