const member = require('./member.cjs')

const club = {
  title: 'Chess Club',
  welcome: (name) => `Welcome! ${member.card(name)}`,
  rename(title) {
    club.title = title
  },
}

module.exports = club
