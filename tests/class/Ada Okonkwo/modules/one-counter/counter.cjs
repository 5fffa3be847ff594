console.log('counter ready')

let visitors = 0

exports.next = () => {
  visitors += 1
  return visitors
}
