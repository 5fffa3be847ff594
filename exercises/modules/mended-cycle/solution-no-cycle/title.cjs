exports.current = 'Chess Club'
