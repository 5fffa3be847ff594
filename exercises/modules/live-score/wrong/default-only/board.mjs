const board = {
  score: 0,
  goal() {
    board.score += 1
  },
  reset() {
    board.score = 0
  },
}

export default board
