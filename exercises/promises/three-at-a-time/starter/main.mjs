import http from 'node:http'
import { read } from './library.cjs'

http.createServer(async (request, response) => {
  response.end(request.url === '/report' ? await read('report') : 'a library')
}).listen(process.env.PORT)
