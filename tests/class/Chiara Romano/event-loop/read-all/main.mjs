import { promises as fs } from 'node:fs';

const t = Date.now();
async function count(name) {
  console.log(`start ${name}`);
  const st = await fs.stat(name);
  console.log(`${name}: ${st.size} bytes`);
  const txt = await fs.readFile(name, { encoding: 'utf8' });
  console.log('>>> read', name);
  const n = txt.split('\n').length - 1;
  console.log(`${name}: ${n} lines`);
  return n;
}
const all = await Promise.all(process.argv.slice(2).map(count));
console.log('>>> all', all);
let sum = 0;
for (const n of all) sum += n;
console.log(`${sum} lines in ${Date.now() - t} ms`);
