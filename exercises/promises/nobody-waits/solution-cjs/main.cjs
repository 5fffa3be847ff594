const http = require('node:http')
const { search, stopped } = require('./archive.cjs')

http.createServer((request, response) => {
  const [, what, word] = request.url.split('/')
  const answer = (text) => response.end(text)
  switch (what) {
    case 'search': {
      const controller = new AbortController()
      request.socket.once('close', () => controller.abort())
      search(word, { signal: controller.signal }).then(answer, () => response.destroy())
      break
    }
    case 'stopped':
      stopped().then(answer)
      break
    default:
      response.writeHead(404).end()
  }
}).listen(process.env.PORT)
