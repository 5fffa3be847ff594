// A program that passes every test. One folder solution/ is enough; several are called solution-cjs/, solution-esm/, …
const [now, later] = process.argv.slice(2)

setTimeout(() => console.log(later), 0)
console.log(now)
