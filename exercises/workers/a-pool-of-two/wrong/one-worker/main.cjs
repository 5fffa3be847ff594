// loses: four jobs, two workers
// loses: five jobs
// says: the work was done by 1 other thread, where it should be 2
const { once } = require('node:events')
const { Worker, isMainThread, parentPort } = require('node:worker_threads')
const { count } = require('./count.cjs')

async function main() {
  const worker = new Worker(__filename)
  for (const number of process.argv.slice(2).map(Number)) {
    worker.postMessage(number)
    const [answer] = await once(worker, 'message')
    console.log(`${number}: ${answer}`)
  }
  await worker.terminate()
}

if (isMainThread) main()
else parentPort.on('message', (number) => parentPort.postMessage(count(0, number)))
