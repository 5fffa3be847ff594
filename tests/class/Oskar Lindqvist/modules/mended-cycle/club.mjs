import { card } from './member.mjs'

export let title = 'Chess Club'

export const welcome = (name) => `Welcome! ${card(name)}`

export function rename(newTitle) {
  title = newTitle
}
