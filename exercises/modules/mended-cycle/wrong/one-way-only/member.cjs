const { title } = require('./club.cjs')

exports.card = (name) => `${name}, ${title}`
