const fs = require('fs');

const names = process.argv.slice(2);
const t0 = Date.now();
let sum = 0;
let finished = 0;

function done(lines) {
  sum += lines;
  finished++;
  if (finished === names.length) {
    console.log(sum + ' lines in ' + (Date.now() - t0) + ' ms');
  }
}

names.forEach(function (name) {
  console.log('start ' + name);
  fs.stat(name, function (err, stats) {
    if (err) throw err;
    console.log(name + ': ' + stats.size + ' bytes');
    fs.readFile(name, 'utf8', function (err, data) {
      if (err) throw err;
      const lines = data.split('\n').length - 1;
      console.log(name + ': ' + lines + ' lines');
      done(lines);
    });
  });
});
