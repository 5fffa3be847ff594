const { AsyncLocalStorage } = require('async_hooks')
const storage = new AsyncLocalStorage()
storage.run(7, () => setTimeout(() => console.log(storage.getStore()), 3))
