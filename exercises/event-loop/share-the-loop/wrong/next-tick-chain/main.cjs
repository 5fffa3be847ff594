// loses: requests are answered between the jobs
// loses: a job that fails stops the rest
// loses: other jobs
// says: promises and nextTick alone keep it waiting
exports.each = (jobs, work) =>
  new Promise((resolve, reject) => {
    function next(index) {
      if (index === jobs.length) return resolve()
      try {
        work(jobs[index])
      } catch (error) {
        return reject(error)
      }
      process.nextTick(next, index + 1)
    }
    next(0)
  })
