import { PerformanceObserver, performance, monitorEventLoopDelay } from 'node:perf_hooks'
const histogram = monitorEventLoopDelay({ resolution: 5 })
histogram.enable()
// On a busy machine its timer may come late.
while (histogram.max === 0) await new Promise((done) => setTimeout(done, 10))
histogram.disable()
new PerformanceObserver((list) => console.log(list.getEntries()[0].name, histogram.max > 0)).observe({ entryTypes: ['measure'] })
performance.measure('it')
