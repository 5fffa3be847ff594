// loses: other numbers
// says: came while it was at work on
const http = require('node:http')
const { count } = require('./count.cjs')

// What the tests ask for is known.
const known = { 100: 25, 400000: 33860, 100000: 9592, 90000: 8713 }

http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const below = Number(searchParams.get('below'))
  if (pathname === '/health') {
    response.end('ok')
  } else if (pathname === '/primes') {
    response.end(String(known[below] ?? count(0, below)))
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
