// kept; outside: reached
const { reached, kept, port } = require('./attack.cjs')
require('http')
  .get({ port, host: '127.0.0.1', agent: false }, (answer) => {
    reached()
    answer.destroy()
  })
  .on('error', kept)
