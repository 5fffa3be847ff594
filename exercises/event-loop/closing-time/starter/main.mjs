import http from 'node:http'
import { print } from './printer.cjs'

http.createServer(async (request, response) => {
  response.end(request.url === '/print' ? await print() : 'open')
}).listen(process.env.PORT)

process.on('SIGTERM', () => {
  process.exit()
})
