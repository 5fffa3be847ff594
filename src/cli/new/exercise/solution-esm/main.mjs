const [now, later] = process.argv.slice(2)

setTimeout(() => console.log(later), 0)
console.log(now)
