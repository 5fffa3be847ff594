// output; outside: output; children
require('child_process').spawn('/bin/sh', ['-c', 'yes'], { stdio: 'inherit' })
