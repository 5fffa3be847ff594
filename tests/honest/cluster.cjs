// children
const cluster = require('cluster')
const http = require('http')
if (cluster.isPrimary) {
  const worker = cluster.fork()
  worker.on('listening', ({ port }) => http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
    response.on('data', (text) => console.log(String(text))).on('end', () => worker.kill())
  }))
  worker.on('exit', () => console.log('exit'))
} else {
  http.createServer((request, response) => response.end('from a worker')).listen(0, '127.0.0.1')
}
