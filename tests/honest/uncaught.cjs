console.log('before')
throw new TypeError('on purpose')
