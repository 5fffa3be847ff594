// output; outside: output
for (;;) console.error('x'.repeat(1000))
