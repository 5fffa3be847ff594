const counter = require('./counter.cjs')

exports.enter = () => console.log('front', counter.next())
