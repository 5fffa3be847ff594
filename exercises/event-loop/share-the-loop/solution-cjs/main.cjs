exports.each = (jobs, work) =>
  new Promise((resolve, reject) => {
    function next(index) {
      if (index === jobs.length) return resolve()
      try {
        work(jobs[index])
      } catch (error) {
        return reject(error)
      }
      setImmediate(next, index + 1)
    }
    next(0)
  })
