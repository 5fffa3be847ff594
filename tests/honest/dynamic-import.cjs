import('node:fs').then((fs) => console.log(typeof fs.readFileSync))
