// kept; outside: reached or kept, as this machine limits them
const { reached, kept } = require('./attack.cjs')
const dgram = require('dgram')
let open = 0
for (let n = 0; n < 1500; n++) {
  const socket = dgram.createSocket('udp4')
  socket.on('error', (error) => {
    kept(error)
    process.exit()
  })
  socket.bind(0, () => {
    if (++open < 1500) return
    reached()
    process.exit()
  })
}
