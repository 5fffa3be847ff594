import { setImmediate } from 'node:timers/promises'

export async function each(jobs, work) {
  await Promise.all(
    jobs.map(async (job) => {
      await setImmediate()
      work(job)
    }),
  )
}
