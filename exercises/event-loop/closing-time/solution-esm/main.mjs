import http from 'node:http'
import { print } from './printer.cjs'

const server = http.createServer(async (request, response) => {
  response.end(request.url === '/print' ? await print() : 'open')
}).listen(process.env.PORT)

process.on('SIGTERM', () => {
  server.close(() => console.log('closed'))
})
