// wall-time; outside: wall-time
setInterval(() => {}, 1000)
