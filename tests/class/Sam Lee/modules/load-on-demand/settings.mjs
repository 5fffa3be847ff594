console.log('settings runs')

export const currency = 'EUR'
