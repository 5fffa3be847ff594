require('dns').lookup('localhost', { family: 4 }, (error, address) => console.log(error?.code, address))
