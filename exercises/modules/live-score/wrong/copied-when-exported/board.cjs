let score = 0

function goal() {
  score += 1
}

function reset() {
  score = 0
}

module.exports = { score, goal, reset }
