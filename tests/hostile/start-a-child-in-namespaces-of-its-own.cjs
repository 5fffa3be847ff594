// kept; outside: reached or kept, as this system lets users; children
const { attempt } = require('./attack.cjs')
attempt(() => {
  if (process.arch !== 'x64') throw new Error('it knows the number of another machine only')
  // clone(CLONE_NEWUSER | SIGCHLD)
  const text = 'my $pid = syscall(56, 0x10000011, 0, 0, 0, 0); exit($pid < 0 ? 1 : 0)'
  const { status, error } = require('child_process').spawnSync('perl', ['-e', text])
  if (error || status !== 0) throw error ?? new Error('refused')
})
