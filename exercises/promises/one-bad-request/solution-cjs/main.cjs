const http = require('node:http')
const { find, taste, weigh } = require('./fruit.cjs')

http.createServer((request, response) => {
  const [, way, name] = request.url.split('/')
  const answer = (error, text) => {
    response.statusCode = error ? 500 : 200
    response.end(error ? error.message : text)
  }
  switch (way) {
    case 'find':
      find(name).then((text) => answer(null, text), answer)
      break
    case 'weigh':
      try {
        answer(null, weigh(name))
      } catch (error) {
        answer(error)
      }
      break
    case 'taste':
      taste(name, answer)
      break
    default:
      response.writeHead(404).end()
  }
}).listen(process.env.PORT)
