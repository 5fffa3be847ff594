exports.title = 'Chess Club'

exports.rename = (title) => {
  exports.title = title
}

const { card } = require('./member.cjs')

exports.welcome = (name) => `Welcome! ${card(name)}`
