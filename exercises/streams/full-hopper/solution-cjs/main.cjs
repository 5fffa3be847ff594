exports.grind = (sacks, mill) =>
  new Promise((resolve, reject) => {
    const cart = sacks[Symbol.iterator]()

    function unload() {
      for (;;) {
        const { done, value } = cart.next()
        if (done) return mill.end()
        if (!mill.write(`${value}\n`)) return mill.once('drain', unload)
      }
    }

    mill.on('finish', resolve)
    mill.on('error', reject)
    unload()
  })
