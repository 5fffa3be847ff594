// kept; outside: reached
const { reached, kept, socketPath } = require('./attack.cjs')
const net = require('net')
const socket = net.connect(socketPath, () => {
  reached()
  socket.destroy()
})
socket.on('error', kept)
