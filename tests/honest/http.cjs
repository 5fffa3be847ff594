// loopback
const http = require('http')
const server = http.createServer((request, response) => response.end(`hello ${request.url}`))
server.listen(0, '127.0.0.1', async () => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/world', agent: false }, (response) => {
    response.setEncoding('utf8')
    response.on('data', (text) => console.log(response.statusCode, text))
    response.on('end', () => server.close())
  })
})
