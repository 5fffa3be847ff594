import http from 'node:http'
import { promisify } from 'node:util'
import { find, taste, weigh } from './fruit.cjs'

const ways = { find, weigh, taste: promisify(taste) }

http.createServer(async (request, response) => {
  const [, way, name] = request.url.split('/')
  try {
    if (!(way in ways)) return response.writeHead(404).end()
    response.end(await ways[way](name))
  } catch (error) {
    response.writeHead(500).end(error.message)
  }
}).listen(process.env.PORT)
