exports.score = 0

exports.goal = () => {
  exports.score += 1
}

exports.reset = () => {
  exports.score = 0
}
