const mots = process.argv.slice(2);

console.log(mots[0]);

setImmediate(() => {
  console.log(mots[1]);
});

setTimeout(() => {
  console.log(mots[2]);
}, 0);

Promise.resolve().then(() => {
  console.log(mots[3]);
});

process.nextTick(() => {
  console.log(mots[4]);
});

console.log(mots[5]);
