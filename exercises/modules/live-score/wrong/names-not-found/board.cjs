const board = { score: 0 }

board.goal = () => {
  board.score += 1
}

board.reset = () => {
  board.score = 0
}

module.exports = board
