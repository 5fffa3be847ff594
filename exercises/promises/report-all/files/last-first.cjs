// Plays a disk that answers last what it was asked first, then starts your program: the outcome of a `readFile` is held back
// until those that were asked for after it have been told. The reads themselves are real.
const fs = require('node:fs')
const { syncBuiltinESMExports, runMain } = require('node:module')
const path = require('node:path')

const real = { promise: fs.promises.readFile, callback: fs.readFile }
const told = []

// A function that tells an outcome when its turn has come.
function inTurn() {
  const place = told.push(false) - 1
  return (tell) => {
    let turns = 5 // time enough to ask for more
    const look = () => {
      turns -= 1
      if (turns > 0 || told.slice(place + 1).includes(false)) return setImmediate(look)
      told[place] = true
      tell()
    }
    setImmediate(look)
  }
}

fs.promises.readFile = (...args) => {
  const later = inTurn()
  return new Promise((resolve, reject) => {
    real.promise(...args).then(
      (content) => later(() => resolve(content)),
      (error) => later(() => reject(error)),
    )
  })
}

fs.readFile = (...args) => {
  const later = inTurn()
  const callback = args.pop()
  real.callback(...args, (...outcome) => later(() => callback(...outcome)))
}

syncBuiltinESMExports()

const entry =
  process.env.TICKMARK_ENTRY ??
  ['main.mjs', 'main.cjs', 'main.js'].find((name) => fs.existsSync(path.join(__dirname, name)))
process.argv[1] = path.resolve(__dirname, entry ?? 'main.mjs')
runMain()
