let visitors = 0

exports.enter = () => {
  visitors += 1
  console.log('back', visitors)
}
