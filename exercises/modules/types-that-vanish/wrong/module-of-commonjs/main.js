// loses: the till runs
// loses: it is still TypeScript
// loses: another day
// says: exports is not defined in ES module scope
exports.Till = require('./till.ts').Till
