// loopback
const net = require('net')
const server = net.createServer((socket) => socket.end('bye'))
server.on('error', (error) => console.log(error.code)).listen('socket', () => {
  net.connect('socket').on('data', (text) => console.log(String(text))).on('close', () => server.close())
})
