// kept; outside: reached
const { attemptLater, canary } = require('./attack.cjs')
const { pathToFileURL } = require('url')
attemptLater(() => import(pathToFileURL(canary + '.js')))
