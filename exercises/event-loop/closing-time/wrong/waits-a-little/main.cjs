// loses: finishes what it has begun
// loses: finishes three jobs
// says: ended before its answer was whole
const http = require('node:http')
const { print } = require('./printer.cjs')

const server = http.createServer(async (request, response) => {
  response.end(request.url === '/print' ? await print() : 'open')
}).listen(process.env.PORT)

process.on('SIGTERM', () => {
  setTimeout(() => {
    console.log('closed')
    process.exit()
  }, 20)
})
