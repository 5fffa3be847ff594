const http = require('node:http')
const { read } = require('./library.cjs')

const seats = [Promise.resolve(), Promise.resolve(), Promise.resolve()]
let turn = 0

// Each seat is a chain of promises. All readers take the same time here, so whoever is next in turn is next to have a seat.
function inTurn(work) {
  const seat = turn++ % seats.length
  const done = seats[seat].then(work)
  seats[seat] = done.catch(() => {})
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
