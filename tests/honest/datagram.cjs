// loopback
const socket = require('dgram').createSocket('udp4')
socket.on('message', (text) => {
  console.log(String(text))
  socket.close()
})
socket.bind(0, '127.0.0.1', () => socket.send('to myself', socket.address().port, '127.0.0.1'))
