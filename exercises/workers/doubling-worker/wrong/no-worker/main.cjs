// loses: a worker of ours in place of yours
// loses: other numbers
// says: Error: there is no file worker.mjs, worker.cjs or worker.js beside main
for (const argument of process.argv.slice(2)) {
  const n = Number(argument)
  if (Number.isNaN(n)) {
    console.log(`failed: ${argument} is no number`)
    console.log('the worker ends with 1')
  } else {
    console.log(n * 2)
  }
}
console.log('the worker ends with 0')
