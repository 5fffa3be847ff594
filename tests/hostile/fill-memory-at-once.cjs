// memory; outside: memory
Buffer.alloc(2_000_000_000, 1)
setInterval(() => {}, 1000)
