// loopback
const net = require('net')
const server = net.createServer((socket) => socket.end('bye'))
server.on('error', (error) => console.log(error.code)).listen(34567, () => {
  net.connect(34567).on('data', (text) => console.log(String(text))).on('close', () => server.close())
})
