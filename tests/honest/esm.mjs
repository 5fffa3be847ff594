import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
console.log(basename(fileURLToPath(import.meta.url)), typeof require)
