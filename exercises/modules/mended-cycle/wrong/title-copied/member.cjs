exports.card = (name) => `${name}, Chess Club`
