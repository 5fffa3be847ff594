import { PerformanceObserver, performance, monitorEventLoopDelay } from 'node:perf_hooks'
const histogram = monitorEventLoopDelay({ resolution: 5 })
histogram.enable()
await new Promise((done) => setTimeout(done, 30))
histogram.disable()
new PerformanceObserver((list) => console.log(list.getEntries()[0].name, histogram.max > 0)).observe({ entryTypes: ['measure'] })
performance.measure('it')
