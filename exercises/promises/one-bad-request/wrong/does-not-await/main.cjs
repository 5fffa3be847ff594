// loses: what rejects
// loses: good and bad at once
// says: there is no brick
const http = require('node:http')
const { find, taste, weigh } = require('./fruit.cjs')

http.createServer((request, response) => {
  const [, way, name] = request.url.split('/')
  try {
    if (way === 'find') find(name).then((text) => response.end(text))
    else if (way === 'weigh') response.end(weigh(name))
    else if (way === 'taste') {
      taste(name, (error, text) => {
        if (error) response.writeHead(500).end(error.message)
        else response.end(text)
      })
    } else response.writeHead(404).end()
  } catch (error) {
    response.writeHead(500).end(error.message)
  }
}).listen(process.env.PORT)
