export async function total(chunks, column) {
  let place
  let rows = 0
  let sum = 0
  for await (const chunk of chunks) {
    for (const row of chunk.toString().trimEnd().split('\n')) {
      const fields = row.split(',')
      if (place === undefined) {
        place = fields.indexOf(column)
      } else {
        rows += 1
        sum += Number(fields[place])
      }
    }
  }
  return { rows, sum }
}
