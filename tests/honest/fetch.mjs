// loopback
import http from 'node:http'
const server = http.createServer((request, response) => response.end('answer'))
await new Promise((done) => server.listen(0, 'localhost', done))
const answer = await fetch(`http://localhost:${server.address().port}/`, { headers: { connection: 'close' } })
console.log(answer.status, await answer.text())
server.close()
