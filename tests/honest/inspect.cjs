console.log(new Map([[1, { a: [1, 2, { b: {} }] }]]), [undefined, null, -0], Symbol('x'))
console.table([{ a: 1 }])
console.error('%s %d %j', 'text', 4.5, { a: 1 })
