const { once } = require('node:events')
const http = require('node:http')
const { print } = require('./printer.cjs')

const server = http.createServer(async (request, response) => {
  response.end(request.url === '/print' ? await print() : 'open')
}).listen(process.env.PORT)

once(process, 'SIGTERM').then(async () => {
  server.close()
  await once(server, 'close')
  console.log('closed')
})
