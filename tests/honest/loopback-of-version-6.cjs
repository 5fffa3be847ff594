// loopback
const net = require('net')
const server = net.createServer((socket) => socket.end('bye'))
server.on('error', (error) => console.log(error.code)).listen(0, '::1', () => {
  net.connect(server.address().port, '::1').on('data', (text) => console.log(String(text))).on('close', () => server.close())
})
