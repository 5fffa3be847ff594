// wall-time; outside: wall-time
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU', 'SIGALRM']) process.on(name, () => {})
setInterval(() => {}, 1000)
