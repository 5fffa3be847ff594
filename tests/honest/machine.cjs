const os = require('os')
console.log(os.platform(), os.cpus().length, os.availableParallelism?.() > 0, os.totalmem() > 0, os.loadavg().length, os.uptime() > 0)
console.log(os.homedir() === process.env.HOME, os.tmpdir() === process.env.TMPDIR, os.EOL === '\n', typeof os.userInfo().username)
console.log(process.memoryUsage().rss > 0, process.resourceUsage().maxRSS > 0, process.cpuUsage().user > 0, process.hrtime.bigint() > 0n)
