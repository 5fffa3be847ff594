import { stat, readFile } from 'node:fs/promises';

const files = process.argv.slice(2);
const startTime = performance.now();

const work = async (file) => {
  console.log('start', file);
  const info = await stat(file);
  console.log(`${file}: ${info.size} bytes`);
  const text = await readFile(file, 'utf8');
  const count = [...text].filter((c) => c === '\n').length;
  console.log(`${file}: ${count} lines`);
  return count;
};

const counts = await Promise.all(files.map(work));
console.log(`${counts.reduce((a, b) => a + b, 0)} lines in ${Math.round(performance.now() - startTime)} ms`);
