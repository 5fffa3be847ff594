// loses: a job that fails stops the rest
// says: Error: cannot do fail
// says: An error thrown in a callback of the loop reaches no promise
export function each(jobs, work) {
  return new Promise((resolve) => {
    function next(index) {
      if (index === jobs.length) return resolve()
      work(jobs[index])
      setImmediate(next, index + 1)
    }
    setImmediate(next, 0)
  })
}
