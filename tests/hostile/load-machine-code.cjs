// kept; outside: reached; partial: reached
const { attempt, library } = require('./attack.cjs')
const fs = require('fs')
attempt(() => {
  fs.copyFileSync(library, 'code.node')
  try {
    process.dlopen({ exports: {} }, process.cwd() + '/code.node')
  } catch (error) {
    // It was loaded, and is only none of Node's.
    if (!/self-register/.test(error.message)) throw error
  }
})
