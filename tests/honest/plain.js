try {
  require('no-such-package')
} catch (error) {
  console.log(typeof require, error.code)
}
import('no-such-package').catch((error) => console.log(error.code))
