require('fs').writeFileSync('b.cjs', 'console.log(Object.keys(require("./honest.cjs")))')
exports.early = 1
require('./b.cjs')
exports.late = 2
