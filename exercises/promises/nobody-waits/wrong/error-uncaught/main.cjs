// loses: who leaves stops the search
// loses: and no other
// says: AbortError
const http = require('node:http')
const { search, stopped } = require('./archive.cjs')

http.createServer(async (request, response) => {
  const [, what, word] = request.url.split('/')
  if (what === 'search') {
    const controller = new AbortController()
    response.on('close', () => controller.abort())
    response.end(await search(word, { signal: controller.signal }))
  } else if (what === 'stopped') response.end(await stopped())
  else response.writeHead(404).end()
}).listen(process.env.PORT)
