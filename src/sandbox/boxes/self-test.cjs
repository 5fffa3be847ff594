// Tries what a program in a box must not be able to do, and what it must; prints what is not as it must be.
const [tier, port, ...outside] = process.argv.slice(2)
const fs = require('node:fs')
const net = require('node:net')
const { spawn, spawnSync } = require('node:child_process')

const wrong = (what) => console.log(what)
const mustThrow = (what, attempt) => {
  try {
    attempt()
  } catch {
    return
  }
  wrong(what)
}

const full = tier === 'full'
for (const path of outside) {
  mustThrow(`it can read ${path}`, () => fs.closeSync(fs.openSync(path)))
  if (full) mustThrow(`it can see ${path}`, () => fs.statSync(path))
}
for (const folder of ['/', '/var/tmp', '/usr', '/etc', '/dev/shm']) {
  mustThrow(`it can write in ${folder}`, () => fs.writeFileSync(`${folder}/tickmark-self-test`, ''))
}
mustThrow('it can write where Node is', () => fs.writeFileSync(process.execPath + '.new', ''))
mustThrow('it can see whoever grades', () => {
  const named = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  if (named.every((pid) => Number(pid) <= 2)) throw new Error('it sees itself and its first process')
})
mustThrow('it can read the first process', () => fs.readFileSync('/proc/1/environ'))
mustThrow('it can read whoever started it', () => {
  if (process.ppid === 0) throw new Error('it does not know who that is')
  fs.readFileSync(`/proc/${process.ppid}/cmdline`)
  fs.readFileSync(`/proc/${process.ppid}/environ`)
})
mustThrow('it can send a signal to whoever started it', () => process.kill(process.ppid, 'SIGCONT'))
if (full && process.pid !== 2) wrong(`it is process ${process.pid}, and knows how others are called`)
mustThrow('it can start a shell', () => {
  const { error } = spawnSync('/bin/sh', ['-c', 'exit 0'])
  if (error) throw error
})
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
  .on('spawn', () => wrong('it can leave a process behind'))
  .on('error', () => {})
net
  .connect(Number(port), '127.0.0.1')
  .on('connect', () => wrong('it can connect to the network outside'))
  .on('error', () => {})

fs.writeFileSync('written', 'here')
if (fs.readFileSync('written', 'utf8') !== 'here') wrong('it cannot write in its own folder')
if (full) {
  const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
    net
      .connect(server.address().port, '127.0.0.1')
      .on('error', () => wrong('it cannot connect to itself'))
      .on('close', () => server.close())
      .resume()
  })
}
