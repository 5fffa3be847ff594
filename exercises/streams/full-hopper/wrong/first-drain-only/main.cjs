// loses: a hopper that is soon full
// loses: many sacks
// loses: other sacks
// loses: another harvest
// says: and it comes again and again
exports.grind = (sacks, mill) =>
  new Promise((resolve, reject) => {
    mill.on('finish', resolve)
    mill.on('error', reject)

    const cart = sacks[Symbol.iterator]()
    let next = cart.next()
    let free = true
    while (!next.done && free) {
      free = mill.write(`${next.value}\n`)
      next = cart.next()
    }
    mill.once('drain', () => {
      for (; !next.done; next = cart.next()) mill.write(`${next.value}\n`)
      mill.end()
    })
    if (free) mill.end()
  })
