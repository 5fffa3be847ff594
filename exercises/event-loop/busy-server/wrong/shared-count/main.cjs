// loses: counts for two at once
// says: the answer to
const http = require('node:http')
const { count } = require('./count.cjs')

let found = 0
let from = 0

http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const below = Number(searchParams.get('below'))
  if (pathname === '/health') {
    response.end('ok')
  } else if (pathname === '/primes') {
    found = 0
    from = 0
    const slice = () => {
      if (from >= below) return response.end(String(found))
      found += count(from, Math.min(from + 2000, below))
      from += 2000
      setImmediate(slice)
    }
    slice()
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
