// loses: requests are answered between the jobs
// loses: a job that fails stops the rest
// loses: other jobs
// says: `all done` must come after `job emil`
// says: the promise of `each` may be fulfilled only when the last job is done
// says: Error: cannot do fail
exports.each = (jobs, work) => {
  function next(index) {
    if (index === jobs.length) return
    work(jobs[index])
    setImmediate(next, index + 1)
  }
  setImmediate(next, 0)
}
