// loses: many readers
// loses: after a rush
// says: `GET /report` got no answer
const http = require('node:http')
const { read } = require('./library.cjs')

let last = Promise.resolve()

function inTurn(work) {
  const done = last.then(work)
  last = done.catch(() => {})
  return done
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
