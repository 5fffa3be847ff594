const title = require('./title.cjs')

exports.card = (name) => `${name}, ${title.current}`
