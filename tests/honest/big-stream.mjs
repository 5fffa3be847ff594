import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
function* rows() {
  for (let n = 0; n < 200_000; n++) yield `${n},${n * n},some more text in a row\n`
}
await pipeline(Readable.from(rows()), createWriteStream('big.csv'))
let sum = 0
for await (const line of createInterface({ input: createReadStream('big.csv') })) sum += Number(line.split(',')[0])
console.log(sum)
