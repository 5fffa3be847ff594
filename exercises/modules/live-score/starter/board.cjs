let score = 0

function goal() {
  score += 1
}

function reset() {
  score = 0
}

const board = { score, goal, reset }
module.exports = board
