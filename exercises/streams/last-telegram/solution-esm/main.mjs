import { Duplex } from 'node:stream'

export function telegrams(clerk) {
  return Duplex.from(async function* (chunks) {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of chunks) {
      const texts = (rest + decoder.decode(chunk, { stream: true })).split('++')
      rest = texts.pop()
      for (const text of texts) yield clerk(text)
    }
    yield clerk(rest + decoder.decode())
  })
}
