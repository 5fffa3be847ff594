// loses: finishes what it has begun
// loses: finishes three jobs
// loses: closes when nobody is there
// says: it was still waiting
const http = require('node:http')
const { print } = require('./printer.cjs')

const server = http.createServer(async (request, response) => {
  response.end(request.url === '/print' ? await print() : 'open')
}).listen(process.env.PORT)

process.on('SIGTERM', () => {
  console.log('closed')
})
