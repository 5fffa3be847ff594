const club = require('./club.cjs')

exports.card = (name) => `${name}, ${club.title}`
