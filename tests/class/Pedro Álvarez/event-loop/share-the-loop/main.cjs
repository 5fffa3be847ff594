exports.each = async (jobs, work) => {
  let i = 0
  while (i < jobs.length) {
    // a progress bar
    console.log('='.repeat(1000), jobs[i])
    await new Promise((next) => setImmediate(next))
    if (jobs[i].done) i++
  }
}
