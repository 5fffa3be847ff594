import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const numbers = process.argv.slice(2).map(Number)
const answers = []
let next = 0

async function work() {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url))
  while (next < numbers.length) {
    const job = next++
    worker.postMessage(numbers[job])
    const [answer] = await once(worker, 'message')
    answers[job] = answer
  }
  await worker.terminate()
}

await Promise.all([work(), work()])
numbers.forEach((number, job) => console.log(`${number}: ${answers[job]}`))
