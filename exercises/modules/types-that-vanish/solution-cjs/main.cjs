exports.Till = require('./till.ts').Till
