// cpu-time; outside: cpu-time
for (;;);
