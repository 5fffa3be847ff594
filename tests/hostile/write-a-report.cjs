// kept; outside: reached
const { attempt, outside } = require('./attack.cjs')
const { readdirSync } = require('fs')
attempt(() => {
  process.report.directory = outside
  process.report.writeReport('report.json')
  readdirSync(outside)
})
