const member = require('./member.cjs')

exports.title = 'Chess Club'

exports.welcome = (name) => `Welcome! ${member.card(name)}`

exports.rename = (title) => {
  exports.title = title
}
