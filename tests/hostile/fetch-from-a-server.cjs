// kept; outside: reached
const { attemptLater, port } = require('./attack.cjs')
attemptLater(async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  await answer.text()
})
