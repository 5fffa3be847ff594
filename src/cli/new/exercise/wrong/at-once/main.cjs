// A mistake that students make, in a folder named after it. The comments with which it begins say which tests it loses,
// one line for each, and words that its feedback must have:
// loses: the second word comes later
// loses: other words come from a driver
// loses: other words
// says: `later` must come after `now`
// says: A function that you hand to setTimeout is called when the main script has run to its end.
const [now, later] = process.argv.slice(2)

console.log(later)
console.log(now)
