// cpu-time; outside: cpu-time
process.on('SIGXCPU', () => {})
setInterval(() => {
  for (const until = Date.now() + 50; Date.now() < until; );
}, 1)
