// every word later than the one before
const words = process.argv.slice(2)
console.log(words[0])
for (let i = 1; i < 5; i++) {
  setTimeout(() => console.log(words[i]), 0)
}
console.log(words[5])
