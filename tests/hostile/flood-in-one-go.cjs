// output; outside: output
const fs = require('fs')
for (;;) fs.writeSync(1, Buffer.alloc(60_000, 120))
