// Puts a worker of ours in place of yours, one that multiplies by another number, and runs your main.
import { existsSync, writeFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))
const workers = ['./worker.mjs', './worker.cjs', './worker.js'].filter((name) => existsSync(here(name)))
if (workers.length === 0) throw new Error('there is no file worker.mjs, worker.cjs or worker.js beside main')

// This runs in both module systems.
const ours = `import('node:worker_threads').then(({ parentPort }) => {
  parentPort.on('message', (message) => {
    if (message === 'end') return parentPort.close()
    const n = Number(message.n)
    if (Number.isNaN(n)) throw new TypeError(message.n + ' is no number')
    parentPort.postMessage(n * Number(process.env.TIMES ?? 3))
  })
})
`
for (const worker of workers) writeFileSync(here(worker), ours)

await import(entry)
