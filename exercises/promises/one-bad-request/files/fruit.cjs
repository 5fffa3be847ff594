'use strict'

const fruits = {
  apple: { name: 'an apple', weight: '120 g', taste: 'sour' },
  pear: { name: 'a pear', weight: '150 g', taste: 'sweet' },
  plum: { name: 'a plum', weight: '40 g', taste: 'sweet' },
}

/** A promise, which is rejected where there is no such fruit. */
exports.find = async function find(name) {
  if (!(name in fruits)) throw new Error(`there is no ${name}`)
  return fruits[name].name
}

/** The weight; throws where there is no such fruit. */
exports.weigh = function weigh(name) {
  if (!(name in fruits)) throw new Error(`nobody has weighed a ${name}`)
  return fruits[name].weight
}

/** Calls back, later, as Node's own functions do: with an error, or with `null` and the taste. */
exports.taste = function taste(name, callback) {
  setImmediate(() => {
    if (name in fruits) callback(null, fruits[name].taste)
    else callback(new Error(`a ${name} has no taste`))
  })
}
