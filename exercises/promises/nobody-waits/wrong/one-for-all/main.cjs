// loses: and no other
// says: the answer to `GET /search/apple` is another
const http = require('node:http')
const { search, stopped } = require('./archive.cjs')

const controller = new AbortController()

http.createServer(async (request, response) => {
  const [, what, word] = request.url.split('/')
  if (what === 'search') {
    response.on('close', () => {
      if (!response.writableFinished) controller.abort()
    })
    const found = await search(word, { signal: controller.signal }).catch(() => 'nothing')
    response.end(found)
  } else if (what === 'stopped') response.end(await stopped())
  else response.writeHead(404).end()
}).listen(process.env.PORT)
