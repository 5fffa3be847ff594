let score = 0

function goal() {
  score += 1
}

function reset() {
  score = 0
}

module.exports = {
  goal,
  reset,
  get score() {
    return score
  },
}
