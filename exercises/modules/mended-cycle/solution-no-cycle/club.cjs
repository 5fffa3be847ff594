const { card } = require('./member.cjs')
const title = require('./title.cjs')

exports.welcome = (name) => `Welcome! ${card(name)}`

exports.rename = (newTitle) => {
  title.current = newTitle
}
