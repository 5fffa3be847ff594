console.log('first')
require('fs').appendFileSync('/dev/stdout', 'second\n')
console.log('third')
