exports.atMost = (limit, names, work) =>
  new Promise((resolve, reject) => {
    const results = []
    let next = 0
    let done = 0
    let isOver = false

    function begin() {
      if (isOver || next === names.length) return
      const index = next
      next += 1
      work(names[index]).then(
        (result) => {
          results[index] = result
          done += 1
          if (done === names.length) resolve(results)
          begin()
        },
        (error) => {
          isOver = true
          reject(error)
        },
      )
    }

    if (names.length === 0) resolve(results)
    for (let place = 0; place < limit; place += 1) begin()
  })
