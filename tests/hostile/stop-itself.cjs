// wall-time; outside: wall-time
process.kill(process.pid, 'SIGSTOP')
