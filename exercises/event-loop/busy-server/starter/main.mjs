import http from 'node:http'

http.createServer((request, response) => {
  response.statusCode = 501
  response.end('not yet')
}).listen(process.env.PORT)
