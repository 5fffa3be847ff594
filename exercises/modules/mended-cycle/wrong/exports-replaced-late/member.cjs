const club = require('./club.cjs')

module.exports = {
  card: (name) => `${name}, ${club.title}`,
}
