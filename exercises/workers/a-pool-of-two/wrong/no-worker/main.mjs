// loses: four jobs, two workers
// loses: five jobs
// says: no other thread than the main one did the work
import { count } from './count.cjs'

for (const number of process.argv.slice(2).map(Number)) {
  console.log(`${number}: ${count(0, number)}`)
}
