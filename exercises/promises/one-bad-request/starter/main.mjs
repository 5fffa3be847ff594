import http from 'node:http'
import { find } from './fruit.cjs'

http.createServer((request, response) => {
  find(request.url.slice(1)).then((found) => response.end(found))
}).listen(process.env.PORT)
