'use strict'

/**
 * Blurs a grey picture in place: in each round every pixel becomes the mean of itself and its neighbours. It counts them
 * one by one, and takes its time.
 */
exports.blur = function blur({ pixels, width, height, rounds }) {
  if (pixels.length !== width * height) {
    throw new RangeError(`${width} times ${height} are not ${pixels.length} pixels`)
  }
  for (let round = 0; round < rounds; round++) {
    const before = pixels.slice()
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0
        let count = 0
        for (let row = Math.max(y - 1, 0); row <= y + 1 && row < height; row++) {
          for (let column = Math.max(x - 1, 0); column <= x + 1 && column < width; column++) {
            sum += before[row * width + column]
            count += 1
          }
        }
        pixels[y * width + x] = Math.round(sum / count)
      }
    }
  }
}
