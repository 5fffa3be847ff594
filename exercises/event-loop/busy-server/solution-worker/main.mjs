import http from 'node:http'
import { Worker } from 'node:worker_threads'

function count(below) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: below })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}

http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  switch (pathname) {
    case '/health':
      response.end('ok')
      break
    case '/primes':
      response.end(String(await count(Number(searchParams.get('below')))))
      break
    default:
      response.statusCode = 404
      response.end()
  }
}).listen(process.env.PORT)
