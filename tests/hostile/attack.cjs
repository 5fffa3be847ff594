// What the programs of this folder have in common: what to reach for, and how to say what came of it.
const fs = require('fs')

const told = JSON.parse(process.argv[2] ?? '{}')
const reached = () => console.log('reached')
const kept = (error) => {
  console.log('kept')
  console.error(`${error.code ?? ''} ${error.message}`)
}

module.exports = {
  ...told,
  reached,
  kept,
  // Says whether this could be done.
  attempt(attack) {
    try {
      attack()
    } catch (error) {
      return kept(error)
    }
    reached()
  },
  attemptLater: (attack) => attack().then(reached, kept),
  processes: () => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number),
}
