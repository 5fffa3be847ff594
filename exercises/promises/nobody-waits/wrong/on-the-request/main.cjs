// loses: who waits is answered
// loses: and no other
// says: the answer to `GET /search/pear` is another
const http = require('node:http')
const { search, stopped } = require('./archive.cjs')

http.createServer(async (request, response) => {
  const [, what, word] = request.url.split('/')
  if (what === 'search') {
    // That a request is at its end says nothing about who waits for the response.
    const controller = new AbortController()
    request.resume().on('end', () => controller.abort())
    response.end(await search(word, { signal: controller.signal }).catch(() => 'nothing'))
  } else if (what === 'stopped') response.end(await stopped())
  else response.writeHead(404).end()
}).listen(process.env.PORT)
