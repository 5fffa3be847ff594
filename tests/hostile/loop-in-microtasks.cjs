// cpu-time; outside: cpu-time
const again = () => Promise.resolve().then(again)
again()
