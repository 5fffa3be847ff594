exports.publish = (source, press) =>
  new Promise((resolve, reject) => {
    function fail(error) {
      source.destroy()
      press.destroy()
      reject(error)
    }

    source.on('data', (word) => {
      if (!press.write(word.toUpperCase())) source.pause()
    })
    press.on('drain', () => source.resume())
    source.on('end', () => press.end())
    press.on('finish', resolve)
    source.on('error', fail)
    press.on('error', fail)
  })
