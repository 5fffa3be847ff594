// kept; outside: reached
const { reached, kept } = require('./attack.cjs')
const cluster = require('cluster')
if (cluster.isWorker) process.exit(0)
try {
  cluster.fork().on('online', reached).on('error', kept)
} catch (error) {
  kept(error)
}
