import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
writeFileSync('plain', 'abc'.repeat(100_000))
await pipeline(createReadStream('plain'), createGzip(), createWriteStream('packed'))
await pipeline(createReadStream('packed'), createGunzip(), createWriteStream('again'))
console.log(readFileSync('again').equals(readFileSync('plain')))
