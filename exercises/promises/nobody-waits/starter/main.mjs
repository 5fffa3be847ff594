import http from 'node:http'
import { search } from './archive.cjs'

http.createServer(async (request, response) => {
  const [, , word] = request.url.split('/')
  response.end(await search(word ?? 'apple'))
}).listen(process.env.PORT)
