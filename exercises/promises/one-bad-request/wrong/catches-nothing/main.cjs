// loses: what rejects
// loses: what throws
// loses: what fails later
// loses: good and bad at once
// says: there is no brick
const http = require('node:http')
const { find, taste, weigh } = require('./fruit.cjs')

http.createServer(async (request, response) => {
  const [, way, name] = request.url.split('/')
  if (way === 'find') response.end(await find(name))
  else if (way === 'weigh') response.end(weigh(name))
  else if (way === 'taste') {
    taste(name, (error, text) => {
      if (error) throw error
      response.end(text)
    })
  } else response.writeHead(404).end()
}).listen(process.env.PORT)
