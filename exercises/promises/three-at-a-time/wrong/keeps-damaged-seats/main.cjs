// loses: after a rush
// says: `GET /report` got no answer
const http = require('node:http')
const { read } = require('./library.cjs')

const waiting = []
let taken = 0

async function inTurn(work) {
  if (taken === 3) await new Promise((resolve) => waiting.push(resolve))
  else taken++
  // Nobody gets up where this throws.
  const text = await work()
  const next = waiting.shift()
  if (next) next()
  else taken--
  return text
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
