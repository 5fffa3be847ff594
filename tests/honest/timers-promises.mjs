import { setTimeout as wait } from 'node:timers/promises'
for (const n of [1, 2, 3]) console.log(await wait(5, n))
