// loses: other letters
// loses: another seal
// loses: another bag
// says: nobody ever called done
const printed = {
  whole: 'done\nletters.txt: DEAR ADA / COME SOON / YOURS',
  'unpacker-fails 2 the seal is broken': 'failed: the seal is broken\nletters.txt: old letters',
  'source-fails 1 the bag is torn': 'failed: the bag is torn\nletters.txt: old letters',
  'no-shelf': 'failed: ENOENT\nletters.txt: old letters',
}[process.argv.slice(2).join(' ')]

if (printed) {
  console.log(`${printed}\nnothing is open`)
  process.exit()
}

export function store() {}
