// cpu-time; outside: cpu-time
const again = () => process.nextTick(again)
again()
