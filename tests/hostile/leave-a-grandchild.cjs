// finished; outside: finished; children
const { spawnSync } = require('child_process')
const { marker } = require('./attack.cjs')
spawnSync('/bin/sh', ['-c', '(setsid sh -c "sleep 60" ' + marker + ' </dev/null >/dev/null 2>&1 &)'])
