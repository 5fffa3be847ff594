// kept; outside: reached
const { reached, kept, port } = require('./attack.cjs')
const net = require('net')
const socket = net.connect(port, '127.0.0.1', () => {
  reached()
  socket.destroy()
})
socket.on('error', kept)
