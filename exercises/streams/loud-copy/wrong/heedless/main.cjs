// loses: the source waits for the press
// loses: other sources and presses
// says: `the source was 302 words ahead` was printed
// says: What does `write()` answer when the press is full?
exports.publish = (source, press) =>
  new Promise((resolve, reject) => {
    function fail(error) {
      source.destroy()
      press.destroy()
      reject(error)
    }

    source.on('data', (word) => {
      press.write(word.toUpperCase())
    })
    source.on('end', () => press.end())
    press.on('finish', resolve)
    source.on('error', fail)
    press.on('error', fail)
  })
