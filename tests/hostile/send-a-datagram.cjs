// kept; outside: reached or kept, as this machine has a network; partial: threw
const { reached, kept } = require('./attack.cjs')
const socket = require('dgram').createSocket('udp4')
socket.send('x', 9, '192.0.2.1', (error) => {
  if (error) kept(error)
  else reached()
  socket.close()
})
