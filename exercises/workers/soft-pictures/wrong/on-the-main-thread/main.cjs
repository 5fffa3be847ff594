// loses: a big picture
// loses: another big picture
// says: no other thread than the main one did the work
// says: in an `async` function as well
const { blur } = require('./blur.cjs')

exports.soften = async (image) => {
  // It is moved, but nowhere.
  const moved = structuredClone(image, { transfer: [image.pixels.buffer] })
  blur(moved)
  return moved
}
