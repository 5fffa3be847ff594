// loses: four jobs, two workers
// loses: five jobs
// says: its main thread worked about
import { count } from './count.cjs'

const numbers = process.argv.slice(2).map(Number)
const answers = await Promise.all(numbers.map(async (number) => count(0, number)))
numbers.forEach((number, job) => console.log(`${number}: ${answers[job]}`))
