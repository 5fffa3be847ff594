console.log('counter ready')

let visitors = 0

export function next() {
  visitors += 1
  return visitors
}
