const { title } = require('./club.cjs')

const ending = `, ${title}`

module.exports = {
  card: (name) => name + ending,
}
