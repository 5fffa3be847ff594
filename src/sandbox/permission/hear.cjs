// Writes down what Node's permission model refuses, the first time that it refuses something.
'use strict'
const { subscribe } = require('node:diagnostics_channel')
const { writeFileSync } = require('node:fs')
const { join } = require('node:path')

const refused = join(__dirname, 'refused')
// On Windows some begin with `//?/`, in either kind of slashes.
const plain = (path) => `${path}/`.replaceAll('\\', '/').replace(/^\/\/\?\//, '').replace(/\/+$/, '/')
let is_told = false
const hear = ({ permission, resource }) => {
  // Node itself looks there for a `package.json`, and goes on without.
  const is_above = plain(__dirname).startsWith(plain(resource))
  if (is_told || (permission === 'FileSystemRead' && is_above)) return
  is_told = true
  writeFileSync(refused, JSON.stringify({ permission, resource }))
}
for (const what of ['addon', 'child', 'ffi', 'fs', 'inspector', 'net', 'openssl-store', 'wasi', 'worker']) {
  subscribe(`node:permission-model:${what}`, hear)
}

// The program need not find what only we asked for.
process.execArgv.length = 0
delete require.cache[__filename]
