// cpu-time; outside: cpu-time
/^(a+)+$/.test('a'.repeat(40) + 'b')
