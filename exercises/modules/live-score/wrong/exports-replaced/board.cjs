exports = {
  score: 0,
  goal() {
    exports.score += 1
  },
  reset() {
    exports.score = 0
  },
}
