export function each(jobs, work) {
  for (const job of jobs) {
    work(job)
  }
}
