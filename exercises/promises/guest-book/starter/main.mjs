import { createServer } from 'node:http'

const server = createServer((request, response) => {
  response.statusCode = 501
  response.end()
})
server.listen(process.env.PORT)
