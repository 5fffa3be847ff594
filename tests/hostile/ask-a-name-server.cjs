// kept; outside: not tried, it would leave this machine
const { attemptLater } = require('./attack.cjs')
const { Resolver } = require('dns/promises')
const resolver = new Resolver({ timeout: 300, tries: 1 })
resolver.setServers(['192.0.2.1'])
attemptLater(() => resolver.resolve4('example.com'))
