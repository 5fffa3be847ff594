const crypto = require('crypto')
console.log(crypto.createHash('sha256').update('x').digest('hex'), crypto.randomBytes(8).length)
crypto.pbkdf2('a', 'b', 1000, 16, 'sha256', (error, key) => {
  console.log(error, key.toString('hex'))
  crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, (error) => console.log(error))
})
