// cpu-time; outside: cpu-time
process.on('exit', () => {
  for (;;);
})
