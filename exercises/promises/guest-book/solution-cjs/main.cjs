const fs = require('node:fs')
const http = require('node:http')

// While it starts, nobody waits.
fs.writeFileSync('notes.txt', '')

http.createServer((request, response) => {
  const asked = `${request.method} ${request.url}`
  if (asked === 'POST /notes') {
    let note = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => { note += chunk })
    request.on('end', () => {
      fs.appendFile('notes.txt', `${note}\n`, (error) => {
        response.writeHead(error ? 500 : 201).end()
      })
    })
  } else if (asked === 'GET /notes') {
    fs.createReadStream('notes.txt').pipe(response)
  } else {
    response.writeHead(404).end()
  }
}).listen(process.env.PORT)
