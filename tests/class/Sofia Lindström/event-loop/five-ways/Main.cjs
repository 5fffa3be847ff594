const words = process.argv.slice(2);

console.log(words[0]);

setImmediate(() => {
  console.log(words[1]);
});

setTimeout(() => {
  console.log(words[2]);
}, 0);

Promise.resolve().then(() => {
  console.log(words[3]);
});

process.nextTick(() => {
  console.log(words[4]);
});

console.log(words[5]);
