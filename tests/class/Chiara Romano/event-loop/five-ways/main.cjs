console.log('DEBUG argv:', process.argv.slice(2).length);
const [w1, w2, w3, w4, w5, w6] = process.argv.slice(2);
console.log(w1);
setImmediate(() => console.log(w2));
setTimeout(() => console.log(w3), 0);
Promise.resolve().then(() => console.log(w4));
process.nextTick(() => {
  console.log('DEBUG now the tick');
  console.log(w5);
});
console.log(w6);
console.log('DEBUG end of main');
