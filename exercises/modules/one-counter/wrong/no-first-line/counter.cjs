let visitors = 0

exports.next = () => {
  if (visitors === 1) console.log('counter ready')
  visitors += 1
  return visitors
}
