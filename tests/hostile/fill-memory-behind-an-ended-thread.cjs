// memory or kept, without Python there is nothing to try; outside: memory or kept, without Python there is nothing to try; children
const { kept, reached } = require('./attack.cjs')
const program = `
import ctypes, threading, time
def fill():
    held = []
    for _ in range(60):
        held.append(bytearray(b'x' * 10_000_000))
        time.sleep(0.02)
threading.Thread(target=fill).start()
ctypes.CDLL(None).syscall(60, 0)
`
require('child_process')
  .spawn('python3', ['-c', program])
  .on('error', kept)
  .on('exit', reached)
