// loses: answers
// loses: is in good health while it counts
// loses: counts for two at once
// loses: other numbers
// says: it did not listen on the port that it was given
const http = require('node:http')
const { count } = require('./count.cjs')

http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const below = Number(searchParams.get('below'))
  if (pathname === '/health') {
    response.end('ok')
  } else if (pathname === '/primes') {
    response.end(String(count(0, below)))
  } else {
    response.writeHead(404).end()
  }
}).listen(3000)
