// kept; outside: not tried, it would leave this machine
const { reached, kept } = require('./attack.cjs')
const socket = require('net').connect(80, '169.254.169.254', reached)
socket.on('error', kept)
