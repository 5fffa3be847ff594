import { appendFile, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

async function answer(request, response) {
  const asked = `${request.method} ${request.url}`
  if (asked === 'POST /notes') {
    await appendFile('notes.txt', `${await text(request)}\n`)
    response.writeHead(201).end()
  } else if (asked === 'GET /notes') {
    response.end(await notes())
  } else {
    response.writeHead(404).end()
  }
}

async function notes() {
  try {
    return await readFile('notes.txt')
  } catch (error) {
    if (error.code === 'ENOENT') return ''
    throw error
  }
}

createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end())
}).listen(process.env.PORT)
