const fs = require('fs');

const begin = Date.now();
let total = 0;
for (const name of process.argv.slice(2)) {
  console.log(`start ${name}`);
  console.log(`${name}: ${fs.statSync(name).size} bytes`);
  const lines = fs.readFileSync(name, 'utf8').split('\n').length - 1;
  console.log(`${name}: ${lines} lines`);
  total += lines;
}
console.log(`${total} lines in ${Date.now() - begin} ms`);
