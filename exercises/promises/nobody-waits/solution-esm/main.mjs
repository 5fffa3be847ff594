import http from 'node:http'
import { search, stopped } from './archive.cjs'

http.createServer(async (request, response) => {
  const [, what, word] = request.url.split('/')
  if (what === 'search') {
    const controller = new AbortController()
    response.on('close', () => controller.abort())
    try {
      response.end(await search(word, { signal: controller.signal }))
    } catch {
      // There is nobody to be told.
    }
  } else if (what === 'stopped') {
    response.end(await stopped())
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
