// wall-time; outside: wall-time
process.env.UV_THREADPOOL_SIZE = '200'
const { pbkdf2 } = require('crypto')
for (let n = 0; n < 200; n++) pbkdf2('a', 'b', 1000, 32, 'sha512', () => {})
setInterval(() => {}, 1000)
