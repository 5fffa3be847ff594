// loses: many readers
// loses: after a rush
// says: the answer to `GET /report` is another
const http = require('node:http')
const { read } = require('./library.cjs')

const inTurn = async () => 'a report'

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
