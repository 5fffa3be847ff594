// loses: other telegrams
// loses: another day, each at once
// loses: other failures
// says: exit code
const printed = {
  '1000 5': 'pieces of 1000:\n"arrive monday"\n"send money"\n"bring hat"\npieces of 5:\n"arrive monday"\n"send money"\n"bring hat"',
  1: 'pieces of 1:\n"café at nine"\n"über 1+1 trees"\n"ok"',
  4: 'pieces of 4:\n"all well"\n""\n"good night"\n""',
  live: 'ONE++ went in, "one" came out\nTWO++ went in, "two" came out\nTHREE went in\nthe end, "three" came out\nthe stream has ended',
  '6 1000': 'pieces of 6:\nfailed: cannot read M?NEY\npieces of 1000:\nfailed: cannot read M?NEY',
  6: 'pieces of 6:\nfailed: cannot read GOOD N?GHT',
}[process.argv.slice(2).join(' ')]
if (printed) console.log(printed)
process.exit(printed ? 0 : 1)

export function telegrams() {}
