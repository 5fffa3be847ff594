// loses: requests are answered between the jobs
// loses: a job that fails stops the rest
// loses: other jobs
// says: `job dora` must come after `request 2`
// says: promises and nextTick alone keep it waiting
import { setImmediate } from 'node:timers/promises'

export async function each(jobs, work) {
  await Promise.all(
    jobs.map(async (job) => {
      await setImmediate()
      work(job)
    }),
  )
}
