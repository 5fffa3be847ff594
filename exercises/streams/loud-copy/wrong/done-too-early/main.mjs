// loses: all is printed before it is done
// loses: the source waits for the press
// loses: other words
// loses: other sources and presses
// says: `done` must come after `printed THREE`
// says: rule `finish-after-last`
import { once } from 'node:events'

export async function publish(source, press) {
  press.once('error', (error) => source.destroy(error))
  try {
    for await (const word of source) {
      if (!press.write(word.toUpperCase())) await once(press, 'drain')
    }
  } catch (error) {
    press.destroy()
    throw error
  }
  press.end()
}
