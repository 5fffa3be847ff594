export async function each(jobs, work) {
  for (const job of jobs) {
    await work(job) // await lets the others in
  }
}
