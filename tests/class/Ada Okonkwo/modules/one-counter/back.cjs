const counter = require('./counter.cjs')

exports.enter = () => console.log('back', counter.next())
