export async function publish(source, press) {
  source.on('data', (word) => press.write(word.toUpperCase()))
}
