const fs = require('fs');

const [file, ...jobs] = process.argv.slice(2);
console.log('start');
const size = fs.statSync(file).size;
console.log(`${file}: ${size} bytes`);
setTimeout(() => console.log('timeout'), 500); // 0 came too early sometimes
for (const job of jobs) {
  setImmediate(() => {
    console.log(job);
    Promise.resolve().then(() => console.log(`${job} done`));
  });
}
