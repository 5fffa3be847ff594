const doors = {
  front: require('./front.cjs'),
  back: require('./back.cjs'),
}

for (const name of process.argv.slice(2)) doors[name].enter()
