Promise.reject(new Error('on purpose'))
process.on('exit', (code) => console.log('code', code))
