// A server with jobs to do: it reads them from standard input and hands them to your `each`.
// Beside them it answers requests, one in each turn of the loop, two fewer than there are jobs.
import { existsSync, readFileSync } from 'node:fs'

const folder = new URL('.', import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ??
  ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(new URL(name, folder)))

const jobs = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const loaded = await import(entry)
const each = loaded.each ?? loaded.default?.each
if (typeof each !== 'function') throw new Error('main exports no function each')

function work(job) {
  if (job === 'fail') throw new Error('cannot do fail')
  console.log(`job ${job}`)
}

function answer(request) {
  if (request > jobs.length - 2) return
  setImmediate(() => {
    console.log(`request ${request}`)
    answer(request + 1)
  })
}

answer(1)
try {
  await each(jobs, work)
  console.log('all done')
} catch (error) {
  console.log(`stopped: ${error.message}`)
}
