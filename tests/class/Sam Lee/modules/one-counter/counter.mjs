console.log('counter ready')

export let visitors = 0
