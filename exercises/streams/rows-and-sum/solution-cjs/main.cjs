const { createInterface } = require('node:readline')
const { Readable } = require('node:stream')

exports.total = async (chunks, column) => {
  const input = Readable.from(chunks, { objectMode: false })
  let place
  let rows = 0
  let sum = 0
  for await (const line of createInterface({ input })) {
    const fields = line.split(',')
    if (place === undefined) {
      place = fields.indexOf(column)
    } else {
      rows += 1
      sum += Number(fields[place])
    }
  }
  return { rows, sum }
}
