import { readFile, stat } from 'node:fs/promises'

const dateien = process.argv.slice(2)
const beginn = Date.now()
let summe = 0

async function alle() {
  for (const datei of dateien) console.log(`start ${datei}`)
  const infos = await Promise.all(dateien.map((datei) => stat(datei)))
  dateien.forEach((datei, i) => console.log(`${datei}: ${infos[i].size} bytes`))
  const texte = await Promise.all(dateien.map((datei) => readFile(datei, 'utf8')))
  dateien.forEach((datei, i) => {
    const zeilen = texte[i].split('\n').length - 1
    console.log(`${datei}: ${zeilen} lines`)
    summe += zeilen
  })
}

alle()
console.log(`${summe} lines in ${Date.now() - beginn} ms`)
