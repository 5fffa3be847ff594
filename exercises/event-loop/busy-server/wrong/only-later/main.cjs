// loses: is in good health while it counts
// loses: other numbers
// says: came while it was at work on
const http = require('node:http')
const { count } = require('./count.cjs')

http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const below = Number(searchParams.get('below'))
  if (pathname === '/health') {
    response.end('ok')
  } else if (pathname === '/primes') {
    setImmediate(() => response.end(String(count(0, below))))
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
