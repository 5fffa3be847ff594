// loses: the main script runs to its end first
// loses: then the two queues, then the loop
// loses: other words
// says: running code is never interrupted
for (const word of process.argv.slice(2)) {
  console.log(word)
}
