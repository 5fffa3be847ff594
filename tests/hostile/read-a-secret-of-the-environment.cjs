// kept; outside: kept, since the environment is always a clean one
const { attempt } = require('./attack.cjs')
attempt(() => {
  const secret = Object.entries(process.env).flat().find((text) => text.includes('HOSTILE_SECRET'))
  if (!secret) throw new Error('there is none')
})
