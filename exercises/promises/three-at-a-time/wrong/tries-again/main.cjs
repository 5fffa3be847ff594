// loses: many readers
// loses: after a rush
// says: got no answer
const http = require('node:http')
const { read } = require('./library.cjs')

// Who is sent away comes back at once, in a microtask: so nobody else ever gets up.
async function inTurn(work) {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (error.message !== 'the reading room is full') throw error
    }
  }
}

http.createServer(async (request, response) => {
  const name = request.url.slice(1)
  if (name === 'about') {
    response.end('a library')
  } else if (name === 'report' || name === 'damaged') {
    try {
      response.end(await inTurn(() => read(name)))
    } catch {
      response.writeHead(500).end()
    }
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
