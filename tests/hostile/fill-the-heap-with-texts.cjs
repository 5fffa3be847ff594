// memory; outside: memory
const kept = []
for (let n = 0; ; n++) kept.push(Buffer.alloc(10_000, String(n)).toString('latin1'))
