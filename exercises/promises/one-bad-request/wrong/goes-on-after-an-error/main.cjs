// loses: what fails later
// loses: good and bad at once
// says: ERR_HTTP_HEADERS_SENT
const http = require('node:http')
const { find, taste, weigh } = require('./fruit.cjs')

http.createServer(async (request, response) => {
  const [, way, name] = request.url.split('/')
  try {
    if (way === 'find') response.end(await find(name))
    else if (way === 'weigh') response.end(weigh(name))
    else if (way === 'taste') {
      taste(name, (error, text) => {
        if (error) response.writeHead(500).end(error.message)
        // There is no `return` above.
        response.setHeader('Content-Type', 'text/plain')
        response.end(text)
      })
    } else response.writeHead(404).end()
  } catch (error) {
    response.writeHead(500).end(error.message)
  }
}).listen(process.env.PORT)
