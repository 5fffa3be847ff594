const http = require('node:http')
const { setImmediate: turn } = require('node:timers/promises')
const { count } = require('./count.cjs')

const SLICE = 2000

async function primes(below) {
  let found = 0
  for (let from = 0; from < below; from += SLICE) {
    found += count(from, Math.min(from + SLICE, below))
    await turn()
  }
  return found
}

http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (pathname === '/health') {
    response.end('ok')
  } else if (pathname === '/primes') {
    response.end(String(await primes(Number(searchParams.get('below')))))
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
