// kept or signal; outside: reached or kept, as this Node can
const { kept } = require('./attack.cjs')
const loaders = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1']
const loader = loaders.find((path) => require('fs').existsSync(path))
// Where it is refused, Node ends itself by a signal.
if (process.execve && loader) process.execve(loader, ['ld', '/bin/echo', 'reached'], {})
else kept(new Error('this Node cannot'))
