exports.each = function (jobs, work) {
  return new Promise(function (resolve) {
    let i = 0
    setImmediate(function next() {
      if (i === jobs.length) {
        resolve()
      } else {
        work(jobs[i++])
        setImmediate(next)
      }
    })
  })
}
