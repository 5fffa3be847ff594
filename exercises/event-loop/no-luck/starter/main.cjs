const [file, ...jobs] = process.argv.slice(2)

console.log(`start with ${file} and ${jobs.join(', ')}`)
setTimeout(() => console.log('timeout?'), 0)
setImmediate(() => console.log('immediate?'))
