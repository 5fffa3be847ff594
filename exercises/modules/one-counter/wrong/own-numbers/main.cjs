// loses: both doors, one count
// loses: a third door uses your counter
// loses: other visitors
// says: `back 2` and `front 3` are missing
// says: The number has to live in `counter`

const doors = {
  front: require('./front.cjs'),
  back: require('./back.cjs'),
}

for (const name of process.argv.slice(2)) doors[name].enter()
