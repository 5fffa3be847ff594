const { card } = require('./member.cjs')

let title = 'Chess Club'

module.exports = {
  title,
  welcome: (name) => `Welcome! ${card(name)}`,
  rename(newTitle) {
    title = newTitle
  },
}
