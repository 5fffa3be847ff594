const path = require('path')
exports.a = 1
console.log(module.exports, path.basename(__filename), require.main === module)
