import { setImmediate } from 'node:timers/promises'

export async function each(jobs, work) {
  for (const job of jobs) {
    await setImmediate()
    work(job)
  }
}
