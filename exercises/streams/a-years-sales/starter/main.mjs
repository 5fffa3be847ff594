import { createReadStream } from 'node:fs'

const [file, product] = process.argv.slice(2)
const input = createReadStream(file, 'utf8')
console.log(`${product}: ?`)
input.destroy()
