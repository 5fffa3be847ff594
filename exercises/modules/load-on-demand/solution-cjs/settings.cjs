console.log('settings runs')

exports.currency = 'EUR'
