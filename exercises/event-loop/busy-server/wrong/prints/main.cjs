// loses: answers
// loses: is in good health while it counts
// loses: counts for two at once
// loses: other numbers
// says: did not listen
console.log('ok')
console.log(25)
