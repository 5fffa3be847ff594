// loses: is in good health while it counts
// loses: other numbers
// says: came while it was at work on
const http = require('node:http')
const { count } = require('./count.cjs')

const microtask = Promise.resolve()

async function primes(below) {
  let found = 0
  for (let from = 0; from < below; from += 2000) {
    found += count(from, Math.min(from + 2000, below))
    await microtask
  }
  return found
}

http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const below = Number(searchParams.get('below'))
  if (pathname === '/health') {
    response.end('ok')
  } else if (pathname === '/primes') {
    response.end(String(await primes(below)))
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
