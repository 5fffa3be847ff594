import http from 'node:http'
import { read } from './library.cjs'

const SEATS = 3
const waiting = []
let taken = 0

async function inTurn(work) {
  if (taken === SEATS) await new Promise((resolve) => waiting.push(resolve))
  else taken++
  try {
    return await work()
  } finally {
    // The seat goes from hand to hand: nobody else can take it in between.
    const next = waiting.shift()
    if (next) next()
    else taken--
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
